import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import {
  defineWords,
  Loaded,
  ProblemNote,
  parseYuan,
  type ServicePage,
  StepForm,
  TextField,
  useAction,
  useApi,
  useSpeech,
  useTeller,
} from '../../../kit/door.ts'
import { type RecordedUse, serviceId, useWords } from './words.ts'

const words = defineWords({
  title: { zh: '卡钱包', en: 'Card purse' },
  summary: { zh: '圈存、支付密码、用卡记录', en: 'Load it, set the PIN, see what the card was used for' },
  balance: { zh: '余额', en: 'In the purse' },
  load: { zh: '圈存（从社保卡银行账户转入）', en: 'Load it from the account behind the card' },
  unload: { zh: '转回银行账户', en: 'Give back to the account' },
  yuan: { zh: '金额（元）', en: 'Amount in yuan' },
  wrongYuan: { zh: '请填写金额，最多两位小数', en: 'An amount with at most two decimals, please' },
  doLoad: { zh: '圈存', en: 'Load' },
  doUnload: { zh: '转回', en: 'Give back' },
  pin: { zh: '支付密码', en: 'PIN' },
  pinNone: { zh: '还没有设置。付款超过免密限额时要用。', en: 'Not set yet. It is needed for larger payments.' },
  pinSet: { zh: '已设置。', en: 'It is set.' },
  pinLocked: { zh: '输错三次，已锁定；重新设置后可用。', en: 'Locked after three wrong tries; set another one.' },
  newPin: { zh: '新密码（六位数字）', en: 'New PIN (six digits)' },
  setPin: { zh: '设置密码', en: 'Set the PIN' },
  uses: { zh: '用卡记录', en: 'What the card was used for' },
  none: { zh: '还没有记录。', en: 'Nothing yet.' },
  lost: {
    zh: '卡丢了请马上挂失，挂失即停；余额可以转回银行账户。',
    en: 'If the card is lost, report it: everything stops at once, and the money can be given back.',
  },
})

/** A holder's purse. */
export const page: ServicePage = {
  id: 'card-purse',
  title: words.title,
  summary: words.summary,
  roles: ['person'],
  order: 61,
  path: '/services/card-purse',
  Component: PursePage,
}

type Purse = {
  balanceFen: number
  pin: 'none' | 'set' | 'locked'
  uses: Array<RecordedUse & { terminal: string }>
}

const purseKey = ['card purse']

function PursePage() {
  const { say, yuan } = useSpeech()
  const api = useApi()
  const purse = useQuery({ queryKey: purseKey, queryFn: () => api.get<Purse>(`/services/${serviceId}/purse`) })
  return (
    <>
      <h1>{say(words.title)}</h1>
      <Loaded query={purse}>
        {({ balanceFen, pin, uses }) => (
          <>
            <dl className="kit-facts">
              <dt>{say(words.balance)}</dt>
              <dd>{yuan(balanceFen)}</dd>
            </dl>
            <p className="kit-quiet">{say(words.lost)}</p>
            <AmountForm title={say(words.load)} label={say(words.doLoad)} path="loads" />
            {balanceFen > 0 && <AmountForm title={say(words.unload)} label={say(words.doUnload)} path="unloads" />}
            <PinForm pin={pin} />
            <Uses uses={uses} />
          </>
        )}
      </Loaded>
    </>
  )
}

function AmountForm({ title, label, path }: { title: string; label: string; path: 'loads' | 'unloads' }) {
  const { say } = useSpeech()
  const api = useApi()
  const queries = useQueryClient()
  const [typed, setTyped] = useState('')
  const amountFen = parseYuan(typed)
  const move = useAction(
    (body: { amountFen: number }, key) => api.post(`/services/${serviceId}/purse/${path}`, body, key),
    {
      onSuccess: () => {
        setTyped('')
        return queries.invalidateQueries({ queryKey: purseKey })
      },
    },
  )
  const isWrong = typed !== '' && amountFen === undefined
  return (
    <section className="kit-section">
      <h2>{title}</h2>
      {move.error && <ProblemNote error={move.error} />}
      <StepForm
        isTaking={move.isPending}
        submitLabel={label}
        onSubmit={() => amountFen !== undefined && move.mutate({ amountFen })}
      >
        <TextField
          label={say(words.yuan)}
          inputMode="decimal"
          required
          value={typed}
          onChange={setTyped}
          problem={isWrong ? say(words.wrongYuan) : undefined}
        />
      </StepForm>
    </section>
  )
}

function PinForm({ pin }: { pin: Purse['pin'] }) {
  const { say } = useSpeech()
  const api = useApi()
  const queries = useQueryClient()
  const [typed, setTyped] = useState('')
  const set = useAction((body: { pin: string }, key) => api.post(`/services/${serviceId}/purse/pin`, body, key), {
    onSuccess: () => {
      setTyped('')
      return queries.invalidateQueries({ queryKey: purseKey })
    },
  })
  const told = { none: words.pinNone, set: words.pinSet, locked: words.pinLocked }[pin]
  return (
    <section className="kit-section">
      <h2>{say(words.pin)}</h2>
      <p>{say(told)}</p>
      {set.error && <ProblemNote error={set.error} />}
      <StepForm isTaking={set.isPending} submitLabel={say(words.setPin)} onSubmit={() => set.mutate({ pin: typed })}>
        <TextField
          label={say(words.newPin)}
          type="password"
          inputMode="numeric"
          required
          value={typed}
          onChange={setTyped}
        />
      </StepForm>
    </section>
  )
}

function Uses({ uses }: { uses: Purse['uses'] }) {
  const { say, yuan, moment } = useSpeech()
  const { tell } = useTeller(serviceId)
  return (
    <section className="kit-section">
      <h2>{say(words.uses)}</h2>
      {uses.length === 0 && <p>{say(words.none)}</p>}
      <ul className="kit-card-list">
        {uses.map(({ useId, kind, terminal, amountFen, tappedAt, medium, outcome, reason, offline }) => (
          <li key={useId}>
            <div>
              <strong>
                {tell(`choices.${kind}`)} {amountFen > 0 && yuan(amountFen)}
              </strong>
              <p className="kit-quiet">
                {moment(tappedAt)} · {terminal} · {say(useWords[medium])}
                {offline && ` · ${say(useWords.offline)}`} · {say(useWords[outcome])}
              </p>
              {reason && <p>{tell(reason)}</p>}
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}
