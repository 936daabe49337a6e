/**
 * From when on a column counts as something else than it was. No standard says it; these are this product's own choice.
 * They have not been tried on the files of a real city.
 */
export const THRESHOLDS = {
  /** Fewer rows say nothing of what is usual. */
  rows: 100,
  /** Fewer cells say nothing of the type of a column, nor fewer rows of one that objects may leave out. */
  few: 20,
  /** One that may be left out is gone when it would have come so often. */
  expected: 10,
  /** One that is there in this share of the rows, and missing once, may have another name. */
  always: 0.9,
  /** The share of blank cells may move by so much. */
  blank: 0.3,
  /** The share of the usual kind of value may fall by so much. */
  kind: 0.3,
  /** Share of cells with a code that was never there. */
  unknownCodes: 0.1,
  /** Population stability index of codes, and of the powers of ten of numbers; 0.25 is usually called a shift. */
  codes: 0.5,
  magnitudes: 1,
  /** A column in which hardly a value came twice (first share) and now many do (second). */
  unique: 0.98,
  repeated: 0.5,
  /** Share of the rows of before that a whole snapshot may not fall below. */
  shrunk: 0.5,
  /** Share of cells that are not in the encoding of their file. */
  garbled: 0.01,
  /** Share of Chinese cells that were read in the wrong encoding. */
  misread: 0.3,
} as const
