import { type CasePart, type CasePartProps, RegionName, useSpeech, wordOf } from '../../../kit/door.ts'
import { consentState, flows, kindWords, purposeWords, sharingWords } from './words.ts'

/** A consent on its giver's page. */
export const casePart: CasePart = { flow: flows.consent, Facts: ConsentFacts }

function ConsentFacts({ view }: CasePartProps) {
  const { say, day } = useSpeech()
  const { data } = consentState.safeParse(view.file.state)
  if (!data?.terms) return null
  const { purpose, kinds, regions, until } = data.terms
  return (
    <dl className="kit-facts">
      <dt>{say(sharingWords.purpose)}</dt>
      <dd>{wordOf(purposeWords, purpose, say)}</dd>
      <dt>{say(sharingWords.kinds)}</dt>
      <dd>{kinds.map((kind) => wordOf(kindWords, kind, say)).join('、')}</dd>
      <dt>{say(sharingWords.region)}</dt>
      <dd>
        {regions.map((code) => (
          <RegionName key={code} code={code} />
        ))}
      </dd>
      <dt>{say(sharingWords.until)}</dt>
      <dd>{day(until)}</dd>
    </dl>
  )
}
