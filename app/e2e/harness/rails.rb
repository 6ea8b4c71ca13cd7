# Stubs of what of Rails static/widget/examples/sparrow.rb and similar.html.erb call: no Rails. It fills the partial for the item
# of the first argument from the edge of EDGE, escaping what Rails escapes, and prints it.
require 'erb'
require 'uri'

class Html < String # what Rails calls a SafeBuffer
  def to_s = self
  def html_safe = self
end

class String
  def html_safe = Html.new(self)
end

class Integer
  def minutes = 60 * self
end

module Rails
  def self.cache = self
  def self.fetch(_key, expires_in:) = yield
end

def escaped(text) = text.is_a?(Html) ? text : ERB::Util.html_escape(text)

# A template whose values are escaped, unless they say that they are HTML.
class Partial < ERB
  def set_eoutvar(compiler, name = '_erbout')
    super
    compiler.insert_cmd = "#{name} << escaped"
  end
end

examples = File.expand_path('../../../static/widget/examples', __dir__)
$VERBOSE = nil # the edge of the test is another one
eval File.read("#{examples}/sparrow.rb").gsub('https://movies.example', ENV.fetch('EDGE')), TOPLEVEL_BINDING
item = ARGV.fetch(0)
print Partial.new(File.read("#{examples}/similar.html.erb"), trim_mode: '-').result(binding)
