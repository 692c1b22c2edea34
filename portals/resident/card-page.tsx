import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import {
  type AnswerOf,
  type Card,
  defineWords,
  Empty,
  Loaded,
  ProblemNote,
  useAction,
  useApi,
  useSpeech,
} from '../../kit/door.ts'
import { ECardCode } from './e-card-code.tsx'

const words = defineWords({
  title: { zh: '我的社保卡', en: 'My social security card' },
  none: {
    zh: '您还没有社保卡。请带身份证到经办机构或合作银行网点申领。',
    en: 'You have no card yet. Apply at a counter or a partner bank with your identity card.',
  },
  number: { zh: '卡号', en: 'Card number' },
  issuedOn: { zh: '发卡日期', en: 'Issued on' },
  outlet: { zh: '发卡网点', en: 'Issued by' },
  bank: { zh: '金融账户', en: 'Bank account' },
  active: { zh: '正常', en: 'In force' },
  lost: { zh: '已挂失', en: 'Reported lost' },
  replaced: { zh: '已补换', en: 'Replaced' },
  cancelled: { zh: '已注销', en: 'Cancelled' },
  eCard: { zh: '电子社保卡', en: 'E-card' },
  apps: { zh: '已授权展示的应用', en: 'Apps that may show it' },
  and: { zh: '、', en: ', ' },
  app12333: { zh: '“掌上12333”手机应用', en: 'the 12333 app' },
  appOther: { zh: '应用“{name}”', en: 'the app “{name}”' },
  apply: { zh: '申领电子社保卡', en: 'Get the e-card' },
  applyHelp: {
    zh: '一张社保卡对应一张电子社保卡，免费，马上可用。',
    en: 'One e-card for one card, free, usable at once.',
  },
  lose: { zh: '挂失', en: 'Report lost' },
  loseQuestion: { zh: '确定挂失这张卡吗？', en: 'Report this card lost?' },
  loseHelp: {
    zh: '挂失后社保卡和电子社保卡马上都不能用，别人也用不了。找到后可以在这里解除挂失。',
    en: 'Card and e-card stop working at once, for you and for anybody else. If it turns up you can say so here.',
  },
  loseYes: { zh: '是的，挂失', en: 'Yes, it is lost' },
  loseNo: { zh: '不挂失', en: 'No' },
  found: { zh: '卡找到了，解除挂失', en: 'The card turned up' },
  suspended: {
    zh: '社保卡已挂失，电子社保卡暂停使用。',
    en: 'The card is reported lost, so the e-card does not work.',
  },
})

/** The app by which this portal shows the e-card. */
const portalApp = 'app:tongban'

/** The person's card and e-card: show the code, report a loss, say that it turned up. */
export function CardPage() {
  const api = useApi()
  const { say } = useSpeech()
  const cards = useQuery({
    queryKey: ['my cards'],
    queryFn: async () => (await api.get<AnswerOf<'GET /me/cards'>>('/me/cards')).items,
  })
  return (
    <>
      <h1>{say(words.title)}</h1>
      <Loaded query={cards}>
        {(items) =>
          items.length === 0 ? (
            <Empty>{say(words.none)}</Empty>
          ) : (
            items.map((card) => <CardPart key={card.cardId} card={card} />)
          )
        }
      </Loaded>
    </>
  )
}

function CardPart({ card }: { card: Card }) {
  const { say, day } = useSpeech()
  return (
    <>
      <ECardPart card={card} />
      <section className="kit-section">
        <dl className="kit-facts">
          <dt>{say(words.number)}</dt>
          <dd>
            <span className="kit-code">{card.number}</span> <span className="kit-badge">{say(words[card.state])}</span>
          </dd>
          <dt>{say(words.issuedOn)}</dt>
          <dd>{day(card.issuedOn)}</dd>
          <dt>{say(words.outlet)}</dt>
          <dd>{card.outlet}</dd>
          {card.bankName !== null && (
            <>
              <dt>{say(words.bank)}</dt>
              <dd>
                {card.bankName} {card.bankAccountMasked}
              </dd>
            </>
          )}
        </dl>
        <LossPart card={card} />
      </section>
    </>
  )
}

function ECardPart({ card }: { card: Card }) {
  const api = useApi()
  const { say } = useSpeech()
  const apply = useAction((app: string, key) => api.post('/me/e-card', { app }, key))
  const { eCard } = card
  if (card.state !== 'active' && card.state !== 'lost') return null
  return (
    <section className="kit-section resident-e-card" aria-labelledby="e-card">
      <h2 id="e-card">{say(words.eCard)}</h2>
      {eCard === null || eCard.state === 'cancelled' ? (
        <>
          <p>{say(words.applyHelp)}</p>
          <button
            type="button"
            className="kit-button kit-button-primary"
            disabled={apply.isPending || card.state !== 'active'}
            onClick={() => apply.mutate(portalApp)}
          >
            {say(words.apply)}
          </button>
          {apply.error && <ProblemNote error={apply.error} />}
        </>
      ) : eCard.state === 'suspended' ? (
        <p className="kit-note kit-note-warning">{say(words.suspended)}</p>
      ) : (
        <>
          <ECardCode eCardId={eCard.eCardId} />
          {eCard.apps.length > 0 && (
            <p className="kit-quiet">
              {say(words.apps)}: {eCard.apps.map((app) => nameOfApp(app, say)).join(say(words.and))}
            </p>
          )}
        </>
      )}
    </section>
  )
}

function LossPart({ card }: { card: Card }) {
  const api = useApi()
  const { say } = useSpeech()
  const [isAsking, setAsking] = useState(false)
  const tell = useAction(
    (news: 'lost' | 'found', key) => api.post(`/me/cards/${card.cardId}/${news}`, undefined, key),
    {
      onSuccess: () => setAsking(false),
    },
  )
  if (card.state === 'lost') {
    return (
      <div className="kit-actions">
        <button type="button" className="kit-button" disabled={tell.isPending} onClick={() => tell.mutate('found')}>
          {say(words.found)}
        </button>
        {tell.error && <ProblemNote error={tell.error} />}
      </div>
    )
  }
  if (card.state !== 'active') return null
  if (!isAsking) {
    return (
      <div className="kit-actions">
        <button type="button" className="kit-button kit-button-danger" onClick={() => setAsking(true)}>
          {say(words.lose)}
        </button>
      </div>
    )
  }
  return (
    <div className="kit-note kit-note-warning" role="alertdialog" aria-label={say(words.loseQuestion)}>
      <p className="kit-note-title">{say(words.loseQuestion)}</p>
      <p>{say(words.loseHelp)}</p>
      <div className="kit-actions">
        <button
          type="button"
          className="kit-button kit-button-danger"
          disabled={tell.isPending}
          onClick={() => tell.mutate('lost')}
        >
          {say(words.loseYes)}
        </button>
        <button type="button" className="kit-button" onClick={() => setAsking(false)}>
          {say(words.loseNo)}
        </button>
      </div>
      {tell.error && <ProblemNote error={tell.error} />}
    </div>
  )
}

function nameOfApp(app: string, say: ReturnType<typeof useSpeech>['say']): string {
  return app === 'app:12333' ? say(words.app12333) : say(words.appOther, { name: app.replace('app:', '') })
}
