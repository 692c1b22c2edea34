import { useQuery } from '@tanstack/react-query'
import { type AnswerOf, Loaded, RegionName, useApi, useSpeech } from '../../kit/door.ts'
import { FactProblems, type Labels, type PolicyBody, parseFacts } from '../../policy/browser.ts'
import { factLines } from './fact-lines.ts'
import type { RuleToTry } from './rule.ts'
import { sourceLines } from './source-code.tsx'
import { findingWords, words } from './words.ts'

type Answer = AnswerOf<'GET /policies/{policyId}/findings'>
type Finding = Answer['items'][number]
type Witness = Finding['witnesses'][number]

const kinds = ['TC10', 'TC11', 'TC20', 'TC30', 'TC40'] as const

type FindingsProps = { rule: RuleToTry; labels: Labels }

/** What the check says of the policy as it is shipped: by kind how many, then each with its line and who shows it. */
export function Findings({ rule, labels }: FindingsProps) {
  const api = useApi()
  const { say } = useSpeech()
  const found = useQuery({
    queryKey: ['findings', rule.ir.id],
    queryFn: () => api.get<Answer>(`/policies/${rule.ir.id}/findings`),
    staleTime: Number.POSITIVE_INFINITY,
  })
  return (
    <section className="kit-section">
      <h2>{say(words.findings)}</h2>
      <p className="kit-help">{say(words.findingsHelp)}</p>
      <Loaded query={found}>
        {({ checkedOn, items }) => (
          <>
            <p>{say(words.checkedOn, { checkedOn })}</p>
            <dl className="workbench-counts">
              {kinds.map((kind) => (
                <div key={kind}>
                  <dt>{say(findingWords[kind])}</dt>
                  <dd>{items.filter(({ code }) => code.startsWith(kind)).length}</dd>
                </div>
              ))}
            </dl>
            <ul className="kit-plain-list">
              {items.map((finding) => (
                <FindingPart key={JSON.stringify(finding)} finding={finding} rule={rule} labels={labels} />
              ))}
            </ul>
          </>
        )}
      </Loaded>
    </section>
  )
}

function FindingPart({ finding, rule, labels }: FindingsProps & { finding: Finding }) {
  const { say } = useSpeech()
  const { level, code, sentence, file, line, witnesses } = finding
  const body = rule.ir.bodies.find(({ at, source }) => line >= at.line && line < at.line + source.split('\n').length)
  const lines = body && file === rule.ir.file ? sourceLines(body) : []
  const text = lines.find(({ number }) => number === line)?.text
  return (
    <li className="workbench-finding">
      <p>
        <strong className={level === 'error' ? 'workbench-refuse' : 'workbench-refer'}>
          {say(level === 'error' ? words.findingError : words.findingNote)}
        </strong>{' '}
        {say(sentence)} <small className="kit-quiet">{code}</small>
      </p>
      <p className="kit-code">
        {file}:{line} {text?.trim()}
      </p>
      {body && witnesses.length > 0 && (
        <details className="kit-details">
          <summary>{say(words.witnesses, { count: witnesses.length })}</summary>
          <div className="workbench-sides">
            {witnesses.map((witness) => (
              <WitnessPart key={JSON.stringify(witness)} witness={witness} body={body} labels={labels} />
            ))}
          </div>
        </details>
      )}
    </li>
  )
}

function WitnessPart({ witness, body, labels }: { witness: Witness; body: PolicyBody; labels: Labels }) {
  const { say, language, day } = useSpeech()
  const { on, region, facts, outcome, reason, problem } = witness
  return (
    <div>
      <p>
        <strong>{day(on)}</strong> {region !== null && region !== '000000' && <RegionName code={region} />}
      </p>
      {outcome !== null && (
        <p>
          <strong>{say(words[outcomeWords[outcome]])}</strong>{' '}
          {reason !== null && (labels.get(`reasons.${reason}`) ?? reason)}
        </p>
      )}
      {problem !== null && <p className="kit-code">{problem}</p>}
      <dl className="kit-facts workbench-facts">
        {linesOf(body, facts, labels, language).map(({ label, text }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}

const outcomeWords = { granted: 'grant', refused: 'refuse', referred: 'refer' } as const

/** Facts that the policy cannot take, which a finding may be about, as they are. */
function linesOf(body: PolicyBody, facts: Witness['facts'], labels: Labels, language: 'zh' | 'en') {
  if (facts === null) return []
  try {
    return factLines(body, parseFacts(body.facts, facts), labels, language)
  } catch (error) {
    if (!(error instanceof FactProblems)) throw error
    return Object.entries(facts).map(([name, value]) => ({
      label: labels.get(`facts.${name}`) ?? name,
      text: JSON.stringify(value),
    }))
  }
}
