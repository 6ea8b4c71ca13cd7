# app/models/sparrow.rb: the row that the edge has, for _similar.html.erb; nothing where it has none or does not answer.
require 'erb'
require 'net/http'

module Sparrow
  EDGE = URI('https://movies.example')

  def self.rows(item)
    Net::HTTP.start(EDGE.host, EDGE.port, use_ssl: EDGE.scheme == 'https', open_timeout: 1, read_timeout: 1) do |http|
      answer = http.get("/v1/similar/#{ERB::Util.url_encode(item.to_s)}.html")
      answer.is_a?(Net::HTTPSuccess) ? answer.body.force_encoding('UTF-8').html_safe : ''
    end
  rescue SystemCallError, SocketError, Timeout::Error, OpenSSL::SSL::SSLError
    ''
  end
end
