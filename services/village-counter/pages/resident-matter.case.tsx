import { type CasePart, type CasePartProps, Link, RegionName, useSpeech, useTeller } from '../../../kit/door.ts'
import { matterFlow, matterState, serviceId, villageWords } from './words.ts'

/** A matter accepted in the village, on the page of whom it is about. */
export const casePart: CasePart = { flow: matterFlow, Facts: MatterFacts }

function MatterFacts({ view }: CasePartProps) {
  const { say, day } = useSpeech()
  const { tell } = useTeller(serviceId)
  const { data } = matterState.safeParse(view.file.state)
  if (!data?.matter) return null
  const { level, toRegion, diedOn } = data.details
  const passedOn = data.effect?.passedOn
  return (
    <dl className="kit-facts">
      <dt>{say(villageWords.matter)}</dt>
      <dd>{tell(`choices.${data.matter}`)}</dd>
      {level !== undefined && (
        <>
          <dt>{say(villageWords.level)}</dt>
          <dd>{level}</dd>
        </>
      )}
      {toRegion !== undefined && (
        <>
          <dt>{say(villageWords.toRegion)}</dt>
          <dd>
            <RegionName code={toRegion} />
          </dd>
        </>
      )}
      {passedOn && (
        <>
          <dt>{say(villageWords.passedOn)}</dt>
          <dd>
            <Link to={`/cases/${passedOn.caseId}`}>{passedOn.number}</Link>
          </dd>
        </>
      )}
      {diedOn !== undefined && (
        <>
          <dt>{say(villageWords.diedOn)}</dt>
          <dd>{day(diedOn)}</dd>
        </>
      )}
    </dl>
  )
}
