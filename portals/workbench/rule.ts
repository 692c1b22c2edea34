import type { AnswerOf } from '../../kit/door.ts'
import {
  endsOf,
  type Labels,
  type Language,
  type PolicyBody,
  type PolicyIr,
  quantityText,
} from '../../policy/browser.ts'

/** A rule with all that trying it needs, as the node gives it. */
export type RuleToTry = Omit<AnswerOf<'GET /policies/{policyId}/rule'>, 'ir'> & { readonly ir: PolicyIr }

/** The body of the rule's day. Throws where the node sent a rule without one. */
export function bodyOfDay({ ir, on }: Pick<RuleToTry, 'ir' | 'on'>): PolicyBody {
  const body = ir.bodies.find(({ from, to }) => from <= on && (to === undefined || on <= to))
  if (body === undefined) throw new Error(`${ir.id} has no body on ${on}`)
  return body
}

/** The labels of a rule in one language. */
export function labelsOf({ labels }: Pick<RuleToTry, 'labels'>, language: Language): Labels {
  return new Map(Object.entries(labels[language]))
}

/** An outcome as it is shown: every end of the body with the same reason, or granted by the same clause, is one. */
export type OutcomeLine = {
  readonly key: string
  readonly outcome: 'grant' | 'refuse' | 'refer'
  readonly label: string
  readonly clause: string
  /** The places of its ends in `endsOf` of the body. */
  readonly ends: readonly number[]
}

/** The outcomes of a body in the order of the text, grants first. */
export function outcomeLines(body: PolicyBody, labels: Labels): OutcomeLine[] {
  const named = endsOf(body).map((end, index) => {
    const label = (key: string, other: string) => labels.get(key) ?? other
    const clause = label(`clauses.${end.clause}`, end.clause)
    return end.do === 'grant'
      ? { key: end.clause, outcome: end.do, label: clause, clause: end.clause, index }
      : {
          key: end.reason,
          outcome: end.do,
          label: label(`reasons.${end.reason}`, end.reason),
          clause: end.clause,
          index,
        }
  })
  const lines = [...Map.groupBy(named, ({ outcome, key }) => `${outcome} ${key}`)].flatMap(([key, alike]) => {
    const [first] = alike
    return first ? [{ ...first, key, ends: alike.map(({ index }) => index) }] : []
  })
  const order = { grant: 0, refuse: 1, refer: 2 }
  return lines.toSorted((one, other) => order[one.outcome] - order[other.outcome])
}

/** The words under which an entry of a table stands: a word by its label, a number as it is counted. */
export function keyLabel(
  key: string,
  count: { readonly of: string } | undefined,
  labels: Labels,
  language: Language,
): string {
  if (count === undefined) return labels.get(`choices.${key}`) ?? key
  return quantityText(Number(key), count.of, labels, language)
}
