import {
  checkValues,
  type PolicyBody,
  type ResolvedValue,
  type ResolvedValues,
  ValueProblems,
} from '../../policy/browser.ts'

/** What is tried in the place of a value, or of one entry of a table, in every region. */
export type Content = number | string | boolean

/** Changed values by their path: `monthsPaidMin`, or `refundRatePpm.small` for an entry of a table. */
export type Changes = ReadonlyMap<string, Content>

/** The path of a value or of an entry. */
export function pathOf(name: string, key?: string): string {
  return key === undefined ? name : `${name}.${key}`
}

/** The values of one region with the changes. A change of a value that it does not have is left out. */
export function withChanges(values: ResolvedValues, changes: Changes): ResolvedValues {
  const changed: Record<string, ResolvedValue> = { ...values }
  for (const [path, content] of changes) {
    const [name = '', key] = path.split('.')
    const known = changed[name]
    if (known !== undefined) changed[name] = { ...known, value: replaced(known.value, key, content) }
  }
  return changed
}

function replaced(value: ResolvedValue['value'], key: string | undefined, content: Content): ResolvedValue['value'] {
  if (key === undefined) return content
  const isEntry = typeof value === 'object' && !Array.isArray(value) && Object.hasOwn(value, key)
  return isEntry && typeof content === 'number' ? { ...value, [key]: content } : value
}

/** Changes as `name=value`, as an address and the command line say them. */
export function changeTexts(changes: Changes): string[] {
  return [...changes].map(([path, content]) => `${path}=${content}`)
}

/** Changes that an address names; those that the rule does not have, or that do not fit it, are left out. */
export function parseChanges(
  texts: readonly string[],
  body: Pick<PolicyBody, 'values'>,
  values: ResolvedValues,
  on: string,
): Changes {
  const parsed = texts.flatMap((text): [string, Content][] => {
    const [, path, content] = /^([A-Za-z]\w*(?:\.[^=.]+)?)=(.+)$/.exec(text) ?? []
    return path === undefined || content === undefined ? [] : [[path, contentOf(content)]]
  })
  return new Map(parsed.filter((change) => fits(change, body, values, on)))
}

function contentOf(text: string): Content {
  if (text === 'true' || text === 'false') return text === 'true'
  return /^-?\d+$/.test(text) ? Number(text) : text
}

function fits(
  change: [string, Content],
  body: Pick<PolicyBody, 'values'>,
  values: ResolvedValues,
  on: string,
): boolean {
  const changed = withChanges(values, new Map([change]))
  const [name = ''] = change[0].split('.')
  if (JSON.stringify(changed[name]) === JSON.stringify(values[name])) return false
  try {
    checkValues(body.values, changed, on)
    return true
  } catch (error) {
    if (error instanceof ValueProblems) return false
    throw error
  }
}

/** The command that says in a terminal what the page says. */
export function commandOf(trial: {
  policy: string
  on: string
  people: number
  seed: number
  changes: Changes
}): string {
  const { policy, on, people, seed, changes } = trial
  const sets = changeTexts(changes).map((text) => `--set ${text}`)
  return ['tongban simulate', policy, `--on ${on}`, `--people ${people}`, `--seed ${seed}`, ...sets].join(' ')
}
