// Types of the widget, for a copy in your own project: README.md, "Types".

export type SparrowMode = 'auto' | 'inline' | 'frame';
export type SparrowTheme = 'auto' | 'light' | 'dark';
export type SparrowLayout = 'row' | 'grid' | 'list';
export type SparrowConsent = 'granted' | 'denied';
export type SparrowAction = 'view' | 'like' | 'dislike' | 'not-interested' | 'clear';

/** One movie of a list. Texts are empty and the year is 0 where the catalog has none. */
export interface SparrowItem {
  readonly id: string;
  readonly title: string;
  readonly year: number;
  readonly genres: readonly string[];
  readonly image: string;
  readonly url: string;
  /** Why it is here, the strongest reason first: what kind, about which item, and names of what is shared. */
  readonly why: readonly { readonly kind: string; readonly title: string; readonly names: readonly string[] }[];
}

/** The list is shown. */
export interface SparrowReady {
  readonly items: readonly SparrowItem[];
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
  /** 'empty', 'policy', 'network', 'timeout', 'worker', 'frame', 'unknown-movie', … */
  readonly code: string;
  readonly message: string;
}

export declare class SparrowList extends HTMLElement {
  /** Deletes what was learnt of this visitor on this site, and what he shared. */
  static erase(): Promise<void>;
  /** What is shown; empty until sparrow:ready. */
  readonly items: readonly SparrowItem[];
  /** The movie that the page is about, for sparrow-similar. */
  item: string;
  /** From 1 to 50. */
  limit: number;
  heading: string;
  theme: SparrowTheme | '';
  layout: SparrowLayout | '';
  mode: SparrowMode | '';
  /** Base address of another folder of bundles. */
  src: string;
  /** Address of a movie on your site, with {id}, {title} and {year}. */
  link: string;
  consent: SparrowConsent | '';
  personal: boolean;
  /** Asks anew. */
  refresh(): Promise<void>;
  /** Notes what the visitor did with a movie. */
  record(action: SparrowAction, item: string | number): Promise<void>;
  /** Notes a rating, from 0.5 to 5 stars in halves. */
  record(action: 'rate', item: string | number, stars: number): Promise<void>;
}

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
  personal?: boolean | '';
}

/** What else may stand on an element in JSX. */
export interface SparrowProps extends SparrowAttributes {
  id?: string;
  class?: string;
  className?: string;
  slot?: string;
  hidden?: boolean;
  style?: object;
  children?: unknown;
  key?: string | number | bigint | null;
  ref?: unknown;
}

/** For JSX: see README.md, "React". */
export interface SparrowElements {
  'sparrow-similar': SparrowProps & { item: string | number };
  'sparrow-recommend': SparrowProps;
  'sparrow-popular': SparrowProps;
}

/** Deletes what was learnt of this visitor on this site, and what he shared. */
export declare const erase: () => Promise<void>;

declare global {
  interface HTMLElementTagNameMap {
    'sparrow-similar': SparrowList;
    'sparrow-recommend': SparrowList;
    'sparrow-popular': SparrowList;
  }
  interface HTMLElementEventMap {
    'sparrow:ready': CustomEvent<SparrowReady>;
    'sparrow:impression': CustomEvent<SparrowImpression>;
    'sparrow:select': CustomEvent<SparrowSelect>;
    'sparrow:error': CustomEvent<SparrowFailure>;
  }
  namespace JSX {
    interface IntrinsicElements extends SparrowElements {}
  }
}
