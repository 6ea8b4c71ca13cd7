<?php
/**
 * Plugin Name: Sparrow
 * Description: A row of similar items below a product or a post. The list is worked out in the visitor's browser.
 * Version: 1.0
 * Requires at least: 6.0
 * Requires PHP: 7.4
 *
 * Copy this file into wp-content/plugins, activate it, and name the edge in wp-config.php:
 *   define( 'SPARROW_EDGE', 'https://movies.example' );
 * Products of WooCommerce have a row then; elsewhere write [sparrow item="50"]. The item_id of items.csv is the product's
 * SKU where it has one, else its number.
 */

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

const SPARROW_ELEMENTS = array( 'similar', 'together', 'next', 'recent', 'trending', 'new', 'recommend', 'popular' );

/** The edge's address without a slash at the end; '' where none is named. */
function sparrow_edge() {
	$edge = defined( 'SPARROW_EDGE' ) ? SPARROW_EDGE : '';
	return preg_match( '~^https?://[^/\s]+$~', rtrim( $edge, '/' ) ) ? rtrim( $edge, '/' ) : '';
}

/** The row that the edge has of an item, as HTML that it has escaped; '' where it has none. Kept for five minutes, what failed for one. */
function sparrow_rows( $item ) {
	$key  = 'sparrow_' . md5( sparrow_edge() . ' ' . $item );
	$kept = get_transient( $key );
	if ( false !== $kept ) {
		return $kept;
	}
	$answer = wp_remote_get( sparrow_edge() . '/v1/similar/' . rawurlencode( $item ) . '.html', array( 'timeout' => 1 ) );
	$ok     = ! is_wp_error( $answer ) && 200 === wp_remote_retrieve_response_code( $answer );
	$rows   = $ok ? wp_remote_retrieve_body( $answer ) : '';
	set_transient( $key, $rows, $ok ? 300 : 60 );
	return $rows;
}

/** The markup of a list: of [sparrow item="50" list="similar" limit="10" link="/product/{id}"]. */
function sparrow_list( $attributes ) {
	$a = shortcode_atts( array( 'list' => 'similar', 'item' => '', 'limit' => '10', 'link' => '' ), $attributes, 'sparrow' );
	if ( '' === sparrow_edge() || ! in_array( $a['list'], SPARROW_ELEMENTS, true ) ) {
		return current_user_can( 'manage_options' ) ? '<p>' . esc_html( 'Sparrow: name the edge as SPARROW_EDGE in wp-config.php, and a list of ' . implode( ', ', SPARROW_ELEMENTS ) . '.' ) . '</p>' : '';
	}
	$html = '<sparrow-' . $a['list'];
	foreach ( array( 'item', 'limit', 'link' ) as $name ) {
		if ( '' !== $a[ $name ] ) {
			$html .= ' ' . $name . '="' . esc_attr( $a[ $name ] ) . '"';
		}
	}
	$rows = 'similar' === $a['list'] && '' !== $a['item'] ? sparrow_rows( $a['item'] ) : '';
	return $html . '>' . $rows . '</sparrow-' . $a['list'] . '>';
}
add_shortcode( 'sparrow', 'sparrow_list' );

/** The catalog's id of a product. */
function sparrow_id( $product ) {
	return (string) ( $product->get_sku() ? $product->get_sku() : $product->get_id() );
}

/** The row below a product of WooCommerce. */
function sparrow_product() {
	global $product;
	if ( $product ) {
		echo sparrow_list( array( 'item' => sparrow_id( $product ) ) ); // phpcs:ignore -- escaped above and by the edge
	}
}
add_action( 'woocommerce_after_single_product_summary', 'sparrow_product', 15 );

/**
 * The script, in a form that plug-ins which join and minify scripts leave working. Consent is the browser's to say, since the page may
 * be kept for all: by the WP Consent API, where a plug-in brings it; without one nothing is sent.
 */
function sparrow_script() {
	if ( '' === sparrow_edge() ) {
		return;
	}
	$edge  = wp_json_encode( sparrow_edge() . '/v1/widget.js' );
	$lists = 'sparrow-' . implode( ', sparrow-', SPARROW_ELEMENTS );
	echo <<<HTML
<script data-cfasync="false">
(function (document) {
  var script = document.createElement('script');
  script.type = 'module';
  script.src = $edge;
  document.head.appendChild(script);
  function consent() {
    var said = typeof wp_has_consent === 'function' && wp_has_consent('statistics') ? 'granted' : 'denied';
    Array.prototype.forEach.call(document.querySelectorAll('$lists'), function (list) { list.setAttribute('consent', said); });
  }
  if (typeof wp_has_consent === 'function') consent();
  document.addEventListener('wp_listen_for_consent_change', consent);
})(document);
</script>

HTML;
}
add_action( 'wp_footer', 'sparrow_script' );

/** What was bought, once an order, when its page of thanks is shown. Sent where the visitor agreed on an earlier page. */
function sparrow_bought( $number ) {
	$order = wc_get_order( $number );
	if ( '' === sparrow_edge() || ! $order || $order->get_meta( '_sparrow_told' ) ) {
		return;
	}
	$order->update_meta_data( '_sparrow_told', '1' );
	$order->save();
	$bought = array();
	foreach ( $order->get_items() as $line ) {
		if ( $line->get_product() ) {
			$bought[] = array( sparrow_id( $line->get_product() ), array( 'value' => (float) $line->get_total(), 'currency' => $order->get_currency(), 'quantity' => (int) $line->get_quantity() ) );
		}
	}
	$bought = wp_json_encode( $bought, JSON_HEX_TAG | JSON_HEX_AMP );
	echo "<script>customElements.whenDefined('sparrow-similar').then(function (list) { $bought.forEach(function (one) { list.record('purchase', one[0], one[1]); }); });</script>\n";
}
add_action( 'woocommerce_thankyou', 'sparrow_bought' );
