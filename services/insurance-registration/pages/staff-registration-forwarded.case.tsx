import { type CasePartProps, Link, useRegionName, useSpeech, useTeller } from '../../../kit/door.ts'
import { FactList, type StaffCasePart } from '../../../kit/staff/door.ts'
import { answeringState, elsewhereForm, elsewhereWords, wordOfAnswer } from './elsewhere-form.ts'

/** A registration that another region has forwarded: whose number, the registration here, and what was answered. */
export const casePart: StaffCasePart = { flow: 'registration-forwarded', Facts: ForwardedFacts }

function ForwardedFacts({ view }: CasePartProps) {
  const { say } = useSpeech()
  const { tell } = useTeller(elsewhereForm.service)
  const parsed = answeringState.safeParse(view.file.state)
  const region = useRegionName(parsed.data?.fromRegion ?? '')
  if (!parsed.success) return null
  const { forwardNumber, registrationCaseId, told, messageIds } = parsed.data
  const why = told?.reason ? `：${tell(`reasons.${told.reason}`)}` : ''
  return (
    <FactList
      columns={1}
      facts={[
        { label: say(elsewhereWords.fromRegion), value: region },
        { label: say(elsewhereWords.forwardNumber), value: forwardNumber },
        {
          label: say(elsewhereWords.registration),
          value: registrationCaseId && (
            <Link to={`/cases/${registrationCaseId}`}>
              {told?.registrationNumber ?? say(elsewhereWords.openRegistration)}
            </Link>
          ),
        },
        { label: say(elsewhereWords.answer), value: `${say(wordOfAnswer(told?.state))}${why}` },
        { label: say(elsewhereWords.evidence), value: messageIds.join(' · ') },
      ]}
    />
  )
}
