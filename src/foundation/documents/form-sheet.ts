/** A printed form in the bank's layout, one page A4: what it says, told once and written as PDF or as Word. */

export type FormCell = { label: string; text: string }
/**
 * A row of a form: up to three short fields side by side; one field over the whole width with room for so many lines at least (an empty field keeps its lines, to be filled by hand);
 * a table; or a heading.
 */
export type FormRow =
  | { kind: 'fields'; cells: readonly FormCell[] }
  | { kind: 'wide'; label: string; text: string; lines: number }
  | { kind: 'table'; head: readonly string[]; widths: readonly number[]; rows: readonly (readonly string[])[]; /** Empty lines are added up to here. */ least: number }
  | { kind: 'heading'; text: string }
export type FormSheet = {
  title: string
  /** Above the form on the right: the number of the record. */
  number: string
  rows: readonly FormRow[]
  /** Each with a line to sign on. */
  signatures: readonly string[]
}
/** What every sheet of one print carries: the bank above, code and version of the form and the mark (who, when, what for) below. */
export type FormFrame = { bank: string; formCode: string; mark: string; pageOf: (page: number, pages: number) => string; missingGlyphs: string }
/** The first page of a batch: how many sheets, and what is not there. */
export type CoverSheet = { title: string; facts: readonly FormCell[]; head: readonly string[]; widths: readonly number[]; rows: readonly (readonly string[])[] }
