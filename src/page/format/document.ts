/**
 * What a page says, without its HTML: the one form that every format is written from. A paragraph's text has
 * its white space folded as CSS folds it; code keeps its own.
 */
export type Document = readonly Block[];

export type Block =
  | Paragraph
  | Heading
  | List
  | Quote
  | CodeBlock
  | Table
  | Definitions
  | Details
  | MathBlock
  | Note
  | Rule;

export interface Paragraph {
  readonly kind: "paragraph";
  readonly content: readonly Inline[];
}

export interface Heading {
  readonly kind: "heading";
  readonly level: HeadingLevel;
  readonly content: readonly Inline[];
}

export type HeadingLevel = 1 | 2 | 3 | 4 | 5 | 6;

export interface List {
  readonly kind: "list";
  /** Null: the items have no numbers. */
  readonly start: number | null;
  /** Items are set apart by blank lines. */
  readonly loose: boolean;
  readonly items: readonly ListItem[];
}

export interface ListItem {
  /** Null: not a task. */
  readonly done: boolean | null;
  readonly blocks: Document;
}

export interface Quote {
  readonly kind: "quote";
  readonly blocks: Document;
}

export interface CodeBlock {
  readonly kind: "code";
  /** Lower case; "" where unknown. */
  readonly language: string;
  readonly text: string;
}

export interface Table {
  readonly kind: "table";
  readonly caption: readonly Inline[];
  readonly alignments: readonly Alignment[];
  /** How many of the rows, from the first, are headers. */
  readonly headerRows: number;
  readonly rows: readonly (readonly Cell[])[];
}

export type Alignment = "left" | "center" | "right" | null;

/** A cell of the grid; one that another cell spans is empty. */
export interface Cell {
  readonly content: readonly Inline[];
}

export interface Definitions {
  readonly kind: "definitions";
  readonly entries: readonly {
    readonly terms: readonly (readonly Inline[])[];
    readonly blocks: Document;
  }[];
}

export interface Details {
  readonly kind: "details";
  readonly summary: readonly Inline[];
  readonly blocks: Document;
}

export interface MathBlock {
  readonly kind: "math";
  readonly tex: string;
}

/** A footnote's text; {@link NoteReference} points to it. */
export interface Note {
  readonly kind: "note";
  readonly label: string;
  readonly blocks: Document;
}

export interface Rule {
  readonly kind: "rule";
}

export type Inline = TextRun | Code | Span | Link | Image | InlineMath | NoteReference | Break;

export interface TextRun {
  readonly kind: "text";
  readonly text: string;
}

export interface Code {
  readonly kind: "code";
  readonly text: string;
}

export interface Span {
  readonly kind: SpanKind;
  readonly content: readonly Inline[];
}

export type SpanKind = "emphasis" | "strong" | "strike" | "sub" | "sup";

export interface Link {
  readonly kind: "link";
  readonly href: string;
  readonly title: string;
  readonly content: readonly Inline[];
}

export interface Image {
  readonly kind: "image";
  readonly src: string;
  readonly alt: string;
  readonly title: string;
}

export interface InlineMath {
  readonly kind: "math";
  readonly tex: string;
}

export interface NoteReference {
  readonly kind: "note-reference";
  readonly label: string;
}

export interface Break {
  readonly kind: "break";
}
