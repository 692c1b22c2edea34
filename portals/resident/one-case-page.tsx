import { CasePage, defineWords, Link, usePlace, useSpeech } from '../../kit/door.ts'
import { benefitParts } from './benefit-case.tsx'
import { caseParts } from './service-parts.ts'

const words = defineWords({
  cases: { zh: '我的办件', en: 'My cases' },
  sent: {
    zh: '已提交。办理进展会在这里和首页告诉您。',
    en: 'Sent. You will read here and on your home page how it goes.',
  },
})

/** One case. */
export function OneCasePage({ params }: { params: { caseId: string } }) {
  const { say } = useSpeech()
  const wasSent = usePlace().query.has('sent')
  return (
    <>
      <p className="resident-back">
        <Link to="/cases">‹ {say(words.cases)}</Link>
      </p>
      {wasSent && (
        <p className="kit-note kit-note-good" role="status">
          {say(words.sent)}
        </p>
      )}
      <CasePage caseId={params.caseId} ofServices={caseParts} ofBenefits={benefitParts} />
    </>
  )
}
