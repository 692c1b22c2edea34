import { BadInput, OperatingFailure, Refusal, renderMessage } from '../../ground/door.ts'
import { houseMessages } from '../house-messages.ts'

/** Tells a failed command on standard error, refusals in Chinese and English, and answers the exit code 1. */
export function reportFailure(error: unknown): number {
  if (error instanceof BadInput) {
    console.error(JSON.stringify({ problems: error.problems }, null, 2))
    return 1
  }
  if (error instanceof Refusal || error instanceof OperatingFailure) {
    const messages = houseMessages()
    for (const language of ['zh', 'en'] as const) {
      const sentence = renderMessage(messages, language, error.code, error.params)
      const advice = messages[language].has(`${error.code}.advice`)
        ? renderMessage(messages, language, `${error.code}.advice`, error.params)
        : ''
      console.error(`${sentence} ${advice}`.trim())
    }
    return 1
  }
  console.error(error instanceof Error ? (error.stack ?? error.message) : String(error))
  return 1
}
