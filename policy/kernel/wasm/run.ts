/** What the parameters of a run are: where its frame is, and the rows from one to just before another. */
export const RUN_PARAMETERS = ['i32', 'i32', 'i32'] as const
/** The place of the frame's address among them. */
export const FRAME = 0
/** The place of the first row, which then counts the rows. */
export const ROW = 1
/** The place of the row before which the run ends. */
export const TO = 2
