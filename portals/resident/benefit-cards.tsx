import { Link, useBenefits, useSpeech } from '../../kit/door.ts'

/** The ways into what a person can apply for, as items of a list of cards. */
export function BenefitCards() {
  const { say } = useSpeech()
  const { data } = useBenefits()
  const offers = data?.items.filter(({ applicant }) => applicant === 'person') ?? []
  return offers.map(({ flow, title, summary }) => (
    <li key={flow}>
      <Link to={`/benefits/${flow}`} className="kit-card-button">
        <span className="kit-card-title">{say(title)}</span>
        <span className="kit-card-text">{say(summary)}</span>
      </Link>
    </li>
  ))
}
