import { useState } from 'react'
import {
  type AnswerOf,
  type Authority,
  authorityRelations,
  authorityScopes,
  ChoiceField,
  commonWords,
  defineWords,
  FlagField,
  ProblemNote,
  TextField,
  useAction,
  useApi,
  useSignedIn,
  useSpeech,
} from '../../kit/door.ts'

const words = defineWords({
  title: { zh: '请家人替我办', en: 'Let somebody act for me' },
  lead: {
    zh: '请家人在自己的手机上打开“我的 — 亲友代办”，出示代办码，把八位数字告诉您。家人没有手机的，两人带身份证到窗口登记。',
    en: 'Let the relative open "Me — Acting for a relative" on their own phone and tell you the eight digits of their code. Without a phone, go to a counter together with your identity cards.',
  },
  code: { zh: '家人的代办码（8 位数字）', en: "The relative's code (8 digits)" },
  next: { zh: '下一步', en: 'Next' },
  agent: {
    zh: '这个码是 {name} 的。请核对是不是您要请的人。',
    en: 'This is the code of {name}. Check that it is the one you mean.',
  },
  relation: { zh: '家人是您的什么人', en: 'What they are to you' },
  scope: { zh: '可以替您办什么', en: 'What they may do' },
  always: { zh: '{matters}（都包括）', en: '{matters} (always)' },
  until: { zh: '办到哪一天', en: 'Until when' },
  day: { zh: '只是今天', en: 'Only today' },
  month: { zh: '一个月', en: 'A month' },
  year: { zh: '一年', en: 'A year' },
  always_on: { zh: '长期，直到我收回', en: 'Until I withdraw it' },
  lastDay: { zh: '最后一天 {to}', en: 'last day {to}' },
  give: { zh: '同意授权', en: 'Give the authority' },
  given: { zh: '已经授权。以后随时可以在上面收回。', en: 'Given. You can withdraw it above at any time.' },
})

const relations = ['relative', 'guardian', 'entrusted'] as const
type Relation = (typeof relations)[number]
type Scope = Authority['scope'][number]
const beyondMatters: readonly Scope[] = ['records', 'card']

/** Two pages of a form: whose code it is; then what they are, may do, and until when. */
export function GiveAuthority() {
  const api = useApi()
  const { say } = useSpeech()
  const [code, setCode] = useState('')
  const look = useAction((typed: string, key) =>
    api.post<AnswerOf<'POST /me/authorities/agent'>>('/me/authorities/agent', { proxyCode: typed }, key),
  )
  const [isGiven, setGiven] = useState(false)
  const begin = () => {
    setCode('')
    look.reset()
  }
  return (
    <section className="kit-section" aria-labelledby="give-authority">
      <h2 id="give-authority">{say(words.title)}</h2>
      <div role="status">{isGiven && <p className="kit-note">{say(words.given)}</p>}</div>
      {look.data ? (
        <Terms
          code={code}
          agentName={look.data.agentNameMasked}
          onBack={begin}
          onGiven={() => {
            begin()
            setGiven(true)
          }}
        />
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault()
            setGiven(false)
            look.mutate(code.replaceAll(/\s/g, ''))
          }}
        >
          <p className="kit-quiet">{say(words.lead)}</p>
          <TextField
            label={say(words.code)}
            value={code}
            onChange={setCode}
            inputMode="numeric"
            autoComplete="off"
            required
          />
          <button type="submit" className="kit-button kit-button-primary" disabled={look.isPending}>
            {say(words.next)}
          </button>
          {look.error && <ProblemNote error={look.error} />}
        </form>
      )}
    </section>
  )
}

type TermsProps = { code: string; agentName: string; onBack: () => void; onGiven: () => void }

function Terms({ code, agentName, onBack, onGiven }: TermsProps) {
  const api = useApi()
  const { say, day } = useSpeech()
  const { today } = useSignedIn()
  const [relation, setRelation] = useState('')
  const [scope, setScope] = useState<readonly Scope[]>(['matters'])
  const [term, setTerm] = useState('')
  const lastDays: Record<string, string> = {
    day: today,
    month: dayLater(today, 30),
    year: dayLater(today, 365),
  }
  const give = useAction(
    (terms: { relation: string; scope: readonly Scope[]; to: string | undefined }, key) =>
      api.post('/me/authorities', { proxyCode: code.replaceAll(/\s/g, ''), ...terms }, key),
    { onSuccess: onGiven },
  )
  const optionOf = (name: 'day' | 'month' | 'year') => ({
    value: name,
    label: say(words[name]),
    help: say(words.lastDay, { to: day(lastDays[name] ?? today) }),
  })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        give.mutate({ relation, scope, to: lastDays[term] })
      }}
    >
      <p className="kit-note">{say(words.agent, { name: agentName })}</p>
      <ChoiceField
        label={say(words.relation)}
        value={relation}
        onChange={setRelation}
        required
        options={relations.map((value: Relation) => ({ value, label: say(authorityRelations[value]) }))}
      />
      <fieldset className="kit-field">
        <legend>{say(words.scope)}</legend>
        <p>{say(words.always, { matters: say(authorityScopes.matters) })}</p>
        <div className="kit-choices">
          {beyondMatters.map((each) => (
            <FlagField
              key={each}
              label={say(authorityScopes[each])}
              value={scope.includes(each)}
              onChange={(isWanted) => setScope(isWanted ? [...scope, each] : scope.filter((other) => other !== each))}
            />
          ))}
        </div>
      </fieldset>
      <ChoiceField
        label={say(words.until)}
        value={term}
        onChange={setTerm}
        required
        options={[
          optionOf('day'),
          optionOf('month'),
          optionOf('year'),
          { value: 'always', label: say(words.always_on) },
        ]}
      />
      <div className="kit-actions">
        <button type="submit" className="kit-button kit-button-primary" disabled={give.isPending}>
          {say(words.give)}
        </button>
        <button type="button" className="kit-button" onClick={onBack}>
          {say(commonWords.back)}
        </button>
      </div>
      {give.error && <ProblemNote error={give.error} />}
    </form>
  )
}

/** The day so many days after another. */
function dayLater(from: string, days: number): string {
  return new Date(Date.parse(from) + days * 86_400_000).toISOString().slice(0, 10)
}
