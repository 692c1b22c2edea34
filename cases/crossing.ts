import { OperatingFailure, Refusal } from '../ground/door.ts'

/**
 * For what a message of another region moves on: a case that an officer moved on meanwhile is no refusal of the message. It is an `OperatingFailure`
 * `busy`, so that the message is sent again and finds the case as it then stands.
 */
export async function unlessCrossed<T>(heard: Promise<T>): Promise<T> {
  try {
    return await heard
  } catch (error) {
    const crossed = error instanceof Refusal && error.code === 'case_changed_meanwhile'
    throw crossed ? new OperatingFailure('busy', {}, { cause: error }) : error
  }
}
