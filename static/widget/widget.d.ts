// Types of the widget. Save this file in a folder that your tsconfig.json includes, or copy it there
// at each build; the edge has it at /v1/widget.d.ts. What it declares is known everywhere then:
// elements, properties, events, the script by its address. README.md, "Types" and "React", say more.

declare module 'sparrow-widget' {
  export type SparrowMode = 'auto' | 'inline' | 'frame';
  export type SparrowTheme = 'auto' | 'light' | 'dark';
  export type SparrowLayout = 'row' | 'grid' | 'list';
  export type SparrowConsent = 'granted' | 'denied';
  export type SparrowAction = 'view' | 'like' | 'dislike' | 'not-interested' | 'clear';

  /** What only the edge tells apart: the visitor's own list learns that they turned to the item. */
  export type SparrowAct = 'cart' | 'purchase' | 'return' | 'play' | 'read';

  /** Texts of the owner in place of the widget's; README.md, "Languages and your own words". */
  export interface SparrowWords {
    similar?: string;
    together?: string;
    recommend?: string;
    popular?: string;
    previous?: string;
    next?: string;
    /** These three fill in {title}. */
    because?: string;
    rated?: string;
    viewed?: string;
    /** Fills in {names}; or a form for each plural category of the language. */
    'same-tags'?: string | ({ other: string } & { [category in Intl.LDMLPluralRule]?: string });
    'same-people'?: string;
    'same-run'?: string;
    'same-lists'?: string;
    'same-series'?: string;
  }

  /** What an act says beside its item; numbers may be text, as attributes are. */
  export interface SparrowDetails {
    /** Money of all pieces with cart and purchase, seconds with play, the share that was read, 0 to 1, with read. */
    value?: number | string;
    /** ISO 4217: 'EUR'. */
    currency?: string;
    /** Pieces, 1 where it is missing; with return all. */
    quantity?: number | string;
  }

  /** One item of a list. Texts are empty and the year is 0 where the catalog has none. */
  export interface SparrowItem {
    readonly id: string;
    readonly title: string;
    readonly year: number;
    readonly genres: readonly string[];
    readonly image: string;
    /** Of the page's template, as an img has it; '' or missing without one. */
    readonly srcset?: string;
    readonly url: string;
    /** What it costs by now; null where that is not known, and in lists made in advance. */
    readonly price: number | null;
    /** Of the price; '' where the catalog does not say. */
    readonly currency: string;
    /** What the columns that brand and badge name have of it. */
    readonly brand: readonly string[];
    readonly badge: readonly string[];
    /** Why it is here, the strongest reason first: what kind, about which item, and names of what is shared. */
    readonly why: readonly { readonly kind: string; readonly title: string; readonly names: readonly string[] }[];
  }

  /** The list is shown. */
  export interface SparrowReady {
    readonly items: readonly SparrowItem[];
    /** False where nothing is known of the item of a sparrow-similar or a sparrow-together, and these are popular ones. */
    readonly alike: boolean;
    /** What the heading says it is: a sparrow-together shows what is similar where nothing is known to be bought together. */
    readonly shows: 'similar' | 'together' | 'recommend' | 'popular';
    /** Where it was worked out: in this page, in a frame, or not at all. */
    readonly mode: 'inline' | 'frame' | 'list';
    /** SHA-256 of the model. */
    readonly bundle: string;
    /** Milliseconds from the question to the cards. */
    readonly ms: number;
  }

  /** Half of a card was in view for a second. */
  export interface SparrowImpression {
    readonly item: SparrowItem;
    /** From 1. */
    readonly position: number;
  }

  /** A card was chosen. preventDefault() keeps the browser from following its link. */
  export interface SparrowSelect extends SparrowImpression {
    /** The card's address; empty when it has none. */
    readonly href: string;
    /** The click. */
    readonly event: MouseEvent;
  }

  /** There is nothing to show. */
  export interface SparrowFailure {
    /** 'empty', 'policy', 'network', 'timeout', 'worker', 'frame', 'unknown-movie', 'filter', … */
    readonly code: string;
    readonly message: string;
  }

  /** The widget goes without something that it was asked for; said once a page for each, on the document. */
  export interface SparrowLimited {
    readonly what: 'personal' | 'consent' | 'pictures';
    readonly message: string;
    /** What to add to the page's policy; '' where that is not the cause. */
    readonly add: string;
  }

  /** The engine goes by the live overlay of that moment; on the document, at its start and when another one comes. */
  export interface SparrowLive {
    readonly made: Date | null;
    /** The address of the folder of bundles. */
    readonly models: string;
  }

  /** What the elements dispatch; the events bubble. */
  export interface SparrowEvents {
    'sparrow:ready': CustomEvent<SparrowReady>;
    'sparrow:impression': CustomEvent<SparrowImpression>;
    'sparrow:select': CustomEvent<SparrowSelect>;
    'sparrow:error': CustomEvent<SparrowFailure>;
  }

  /** All elements. */
  export interface SparrowList extends HTMLElement {
    /** What is shown; empty until sparrow:ready. */
    readonly items: readonly SparrowItem[];
    /** The item that the page is about, for sparrow-similar and sparrow-together; for this also several, with commas between. */
    item: string;
    /** From 1 to 50. */
    limit: number;
    heading: string;
    theme: SparrowTheme | '';
    layout: SparrowLayout | '';
    mode: SparrowMode | '';
    /** Base address of another folder of bundles. */
    src: string;
    /** Address of an item on your site, with {id}, {title} and {year}. */
    link: string;
    consent: SparrowConsent | '';
    /** Which items may be shown: 'in_stock and price<50 and genre=same'. */
    filter: string;
    /** Ids of items that are not shown, with commas between. */
    exclude: string;
    /** Lists of one group do not repeat an item. */
    group: string;
    /** The column of texts that cards show as brand. */
    brand: string;
    /** The column of texts that cards show on the picture. */
    badge: string;
    /** Columns of titles by language: 'de:title_de, zh:title_zh'. */
    titles: string;
    /** A template of pictures of several widths, with {id}, {image} and {width}. */
    srcset: string;
    /** The currency of prices of which the catalog says none. */
    currency: string;
    /** Takes an object, or JSON, which it returns. */
    get words(): string;
    set words(value: SparrowWords | string | null);
    personal: boolean;
    /** Asks again. */
    refresh(): Promise<void>;
    /** Notes what the visitor did with an item. */
    record(action: SparrowAction, item: string | number): Promise<void>;
    /** Notes a rating, from 0.5 to 5 stars in halves. */
    record(action: 'rate', item: string | number, stars: number): Promise<void>;
    /** Notes a purchase and the like. */
    record(act: SparrowAct, item: string | number, details?: SparrowDetails): Promise<void>;
  }

  /** What customElements.get() returns. */
  export interface SparrowClass {
    new (): SparrowList;
    readonly prototype: SparrowList;
    /** Deletes what was learnt of this visitor on this site, and what they shared. */
    erase(): Promise<void>;
    /** Shares what the visitor did where the page has no list, if they agreed on an earlier one. */
    record(act: SparrowAct | SparrowAction, item: string | number, details?: SparrowDetails): Promise<void>;
  }

  /** The attributes of all elements in JSX. */
  export interface SparrowAttributes {
    item?: string | number;
    limit?: string | number;
    heading?: string;
    lang?: string;
    theme?: SparrowTheme;
    layout?: SparrowLayout;
    mode?: SparrowMode;
    src?: string;
    link?: string;
    consent?: SparrowConsent;
    filter?: string;
    exclude?: string;
    group?: string;
    brand?: string;
    badge?: string;
    titles?: string;
    srcset?: string;
    currency?: string;
    words?: SparrowWords | string;
    personal?: boolean | '';
  }

  /** Listeners in JSX, as React 19 and Preact have them: onsparrow:ready. */
  export type SparrowListeners = { [Name in keyof SparrowEvents as `on${Name}`]?: (event: SparrowEvents[Name]) => void };

  /** What else may stand on an element where the framework has no type of its own for that. */
  export interface SparrowProps {
    id?: string;
    class?: string;
    className?: string;
    slot?: string;
    part?: string;
    role?: string;
    title?: string;
    hidden?: boolean;
    style?: object;
    children?: unknown;
    key?: string | number | bigint | null;
    ref?: unknown;
  }

  /** The elements in JSX; Base is what the framework lets stand on any element. README.md, "React". */
  export interface SparrowElements<Base = SparrowProps> {
    'sparrow-similar': Base & SparrowAttributes & SparrowListeners & { item: string | number };
    'sparrow-together': Base & SparrowAttributes & SparrowListeners & { item: string | number };
    'sparrow-recommend': Base & SparrowAttributes & SparrowListeners;
    'sparrow-popular': Base & SparrowAttributes & SparrowListeners;
  }
}

// The script, when a page imports it by its address: await import('https://…/v1/widget.js').
declare module '*/v1/widget.js' {
  /** Deletes what was learnt of this visitor on this site, and what they shared. */
  export const erase: () => Promise<void>;
}

interface HTMLElementTagNameMap {
  'sparrow-similar': import('sparrow-widget').SparrowList;
  'sparrow-together': import('sparrow-widget').SparrowList;
  'sparrow-recommend': import('sparrow-widget').SparrowList;
  'sparrow-popular': import('sparrow-widget').SparrowList;
}

// Elements, document and window hear the events, and so does a shadow root around an element.
interface GlobalEventHandlersEventMap extends SparrowEventMap {}
interface ShadowRootEventMap extends SparrowEventMap {}
interface DocumentEventMap {
  'sparrow:limited': CustomEvent<import('sparrow-widget').SparrowLimited>;
  'sparrow:live': CustomEvent<import('sparrow-widget').SparrowLive>;
}
type SparrowEventMap = import('sparrow-widget').SparrowEvents;

interface CustomElementRegistry {
  get(name: 'sparrow-similar' | 'sparrow-together' | 'sparrow-recommend' | 'sparrow-popular'): import('sparrow-widget').SparrowClass | undefined;
}

// For frameworks whose JSX is global; React 19 has its own (README.md, "React").
declare namespace JSX {
  interface IntrinsicElements extends SparrowJSX {}
}
type SparrowJSX = import('sparrow-widget').SparrowElements;
