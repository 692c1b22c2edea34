import { useSpeech, useTeller } from '../../../kit/door.ts'
import { type PensionState, pensionWords, serviceId } from './words.ts'

/** What stands about a pension as a whole, line by line, in the reader's language. */
export function usePensionLines(): (state: PensionState) => Array<{ label: string; value: string }> {
  const { say, day, yuan } = useSpeech()
  const { tell } = useTeller(serviceId)
  return ({ broughtBy, fromCase, expected, found, yearsPaid, authentications, ended, owedFen }) => {
    const proof = authentications.at(-1)
    return [
      {
        label: say(pensionWords.broughtBy),
        value: broughtBy && say(pensionWords[`by_${broughtBy}`], { number: fromCase ?? '' }),
      },
      {
        // Once it is decided, the decision stands there instead.
        label: say(pensionWords.expected),
        value:
          found === null &&
          expected &&
          (expected.reason ? tell(`reasons.${expected.reason}`) : say(pensionWords.granted)),
      },
      { label: say(pensionWords.qualifiedOn), value: found?.qualifiedOn && day(found.qualifiedOn) },
      { label: say(pensionWords.account), value: found && yuan(found.accountFen) },
      { label: say(pensionWords.accountMonth), value: found && yuan(found.accountMonthFen) },
      { label: say(pensionWords.yearsPaid), value: found && say(pensionWords.yearsText, { years: yearsPaid }) },
      {
        label: say(pensionWords.authenticated),
        value: proof && `${day(proof.on)} · ${say(pensionWords[proof.way])}`,
      },
      {
        label: say(pensionWords.ended),
        value:
          ended &&
          say(pensionWords.endedText, { since: day(ended.since), standing: tell(`choices.${ended.standing}`) }),
      },
      { label: say(pensionWords.owed), value: owedFen > 0 && yuan(owedFen) },
    ].flatMap(({ label, value }) => (value ? [{ label, value }] : []))
  }
}
