<?php
// Stubs of the hooks and functions of WordPress and WooCommerce that static/widget/examples/sparrow.php calls: no WordPress. It
// loads the plug-in and prints, for the argument "page", what a product's page would have; for "thanks", a page of thanks, twice;
// for "short", what a shortcode of the third argument, JSON, gives.
define( 'ABSPATH', __DIR__ );
define( 'SPARROW_EDGE', getenv( 'EDGE' ) );
$hooks = array();
$kept  = array();
function add_action( $name, $call, $priority = 10 ) { global $hooks; $hooks[ $name ][] = $call; }
function add_shortcode( $name, $call ) { add_action( "[$name]", $call ); }
function hook( $name, ...$arguments ) { global $hooks; foreach ( $hooks[ $name ] ?? array() as $call ) { echo $call( ...$arguments ); } }
function get_transient( $key ) { global $kept; return $kept[ $key ] ?? false; }
function set_transient( $key, $value, $seconds ) { global $kept; $kept[ $key ] = $value; }
function wp_remote_get( $url, $options ) {
	$body = @file_get_contents( $url, false, stream_context_create( array( 'http' => $options ) ) );
	return false === $body ? null : $body;
}
function is_wp_error( $answer ) { return null === $answer; }
function wp_remote_retrieve_response_code( $answer ) { return 200; }
function wp_remote_retrieve_body( $answer ) { return $answer; }
function shortcode_atts( $pairs, $given, $name ) { return array_merge( $pairs, array_intersect_key( $given, $pairs ) ); }
function current_user_can( $what ) { return false; }
function esc_attr( $text ) { return htmlspecialchars( $text, ENT_QUOTES ); }
function esc_html( $text ) { return htmlspecialchars( $text, ENT_QUOTES ); }
function wp_json_encode( $value, $flags = 0 ) { return json_encode( $value, $flags ); }

class Product {
	public function get_sku() { return '50'; }
	public function get_id() { return 7; }
}
class Line {
	public function get_product() { return new Product(); }
	public function get_total() { return '25.00'; }
	public function get_quantity() { return 2; }
}
class Order {
	private $meta = array();
	public function get_meta( $key ) { return $this->meta[ $key ] ?? ''; }
	public function update_meta_data( $key, $value ) { $this->meta[ $key ] = $value; }
	public function save() {}
	public function get_items() { return array( new Line() ); }
	public function get_currency() { return 'EUR'; }
}
$order = new Order();
function wc_get_order( $number ) { global $order; return $order; }

require dirname( __DIR__, 3 ) . '/static/widget/examples/sparrow.php';
$product = new Product();
switch ( $argv[1] ) {
	case 'page':
		hook( 'woocommerce_after_single_product_summary' );
		hook( 'wp_footer' );
		break;
	case 'thanks':
		hook( 'woocommerce_thankyou', 1 );
		hook( 'woocommerce_thankyou', 1 );
		break;
	case 'short':
		hook( '[sparrow]', json_decode( $argv[2], true ) );
}
