/**
 * A scheme that is settled in thought, under a code that is undone afterwards: whose plans, marks and awards count, and the first day of the months that are tried. Late corrections of months before that day
 * are paid as they were; inside these months facts count as they are known today.
 */
export type Sandbox = { of: string; from: string }
