import { type FormEvent, useState } from 'react'
import {
  defineWords,
  ProblemNote,
  type ServicePage,
  TextField,
  useAction,
  useApi,
  useSpeech,
  useTeller,
} from '../../../kit/door.ts'

const serviceId = 'message-check'

const words = defineWords({
  title: { zh: '收到可疑信息？', en: 'A suspicious message?' },
  summary: {
    zh: '贴进来看看是不是退税诈骗；不用登录，不会保存',
    en: 'Paste it and see whether it is refund fraud; no sign-in, nothing is kept',
  },
  paste: { zh: '把短信或邮件的文字贴在这里', en: 'Paste the words of the text message or e-mail here' },
  pasteHelp: { zh: '不要点里面的链接，也不要扫码。', en: 'Do not follow its links and do not scan its codes.' },
  check: { zh: '看看是不是诈骗', en: 'Check it' },
  noSignNote: {
    zh: '没有发现这些特征，不等于一定是真的。拿不准就拨打 12366 问清楚。',
    en: 'That none was found does not prove it genuine. If in doubt, call 12366.',
  },
  foundCount: { zh: '发现 {count} 项可疑特征', en: '{count} warning signs' },
  shownBy: { zh: '信息里的原话：', en: 'In its words: ' },
  ways: { zh: '真要办，从这里办', en: 'The official way in' },
  wayApp: {
    zh: '手机上：个人所得税 App（自己在应用商店下载）',
    en: 'On the phone: the personal tax app, from the app store',
  },
  waySite: { zh: '电脑上：自然人电子税务局网站', en: "On a computer: the tax authority's site for individuals" },
  wayCall: { zh: '打电话：12366', en: 'By telephone: 12366' },
  wayOffice: { zh: '当面：当地税务局办税服务厅', en: 'In person: the local tax office' },
  window: {
    zh: '每年汇算在次年 3 月 1 日至 6 月 30 日办理，多退少补；多缴的税三年内都可以申请退。',
    en: 'A year is settled from 1 March to 30 June of the next; over- and underpayment are both settled, and a refund can be claimed for three years.',
  },
  lost: {
    zh: '已经转账或给了验证码？马上拨打 110，并联系银行。',
    en: 'Already transferred or gave a code? Call 110 and your bank at once.',
  },
  report: { zh: '举报这条信息', en: 'Report this message' },
  reportNote: {
    zh: '只留下特征和网址，不保存原文，也不记录您是谁。',
    en: 'Only the signs and sites are kept: not its words, nor who you are.',
  },
  reported: { zh: '已收到举报，谢谢。', en: 'Reported, thank you.' },
})

type Checked = {
  level: 'likely_fraud' | 'doubtful' | 'no_sign'
  signs: Array<{ sign: string; places: Array<{ from: number; to: number }> }>
}

/** Anybody's check of a message: paste, see the signs with the words that show them, the official way in. */
export const page: ServicePage = {
  id: 'message-check',
  title: words.title,
  summary: words.summary,
  roles: ['person'],
  withoutSignIn: true,
  order: 90,
  path: '/services/message-check',
  Component: MessageCheckPage,
}

function MessageCheckPage() {
  const api = useApi()
  const { say } = useSpeech()
  const [text, setText] = useState('')
  const check = useAction((body: { text: string }, key) => api.post<Checked>(`/services/${serviceId}/check`, body, key))
  const checked = check.data
  const submit = (event: FormEvent) => {
    event.preventDefault()
    check.mutate({ text })
  }
  return (
    <>
      <h1>{say(words.title)}</h1>
      <form onSubmit={submit}>
        <TextField
          label={say(words.paste)}
          help={say(words.pasteHelp)}
          rows={6}
          value={text}
          onChange={(value) => {
            setText(value)
            check.reset()
          }}
        />
        <div className="kit-actions">
          <button type="submit" className="kit-button kit-button-primary" disabled={text === '' || check.isPending}>
            {say(words.check)}
          </button>
        </div>
      </form>
      {check.error && <ProblemNote error={check.error} />}
      <div aria-live="polite">{checked && <Finding text={text} checked={checked} />}</div>
      <OfficialWays />
    </>
  )
}

function Finding({ text, checked: { level, signs } }: { text: string; checked: Checked }) {
  const { say } = useSpeech()
  const { tell } = useTeller(serviceId)
  return (
    <section className="kit-section" aria-labelledby="finding">
      <div
        className={`kit-note kit-note-${level === 'no_sign' ? 'good' : level === 'doubtful' ? 'warning' : 'problem'}`}
      >
        <h2 id="finding">{tell(`choices.${level}`)}</h2>
        <p>{signs.length > 0 ? say(words.foundCount, { count: signs.length }) : say(words.noSignNote)}</p>
      </div>
      {signs.map(({ sign, places }) => (
        <section key={sign} className="kit-section">
          <h3>{tell(`choices.${sign}`)}</h3>
          <p>
            {say(words.shownBy)}
            {places.map(({ from, to }) => (
              <mark key={`${from}-${to}`}>{text.slice(from, to)} </mark>
            ))}
          </p>
          <p>{tell(`signs.${sign}.why`)}</p>
        </section>
      ))}
      {signs.length > 0 && <Report text={text} />}
    </section>
  )
}

function Report({ text }: { text: string }) {
  const api = useApi()
  const { say } = useSpeech()
  const report = useAction((body: { text: string }, key) => api.post(`/services/${serviceId}/reports`, body, key))
  if (report.isSuccess) return <p className="kit-note kit-note-good">{say(words.reported)}</p>
  return (
    <div className="kit-actions">
      <button type="button" className="kit-button" disabled={report.isPending} onClick={() => report.mutate({ text })}>
        {say(words.report)}
      </button>
      <p className="kit-quiet">{say(words.reportNote)}</p>
      {report.error && <ProblemNote error={report.error} />}
    </div>
  )
}

function OfficialWays() {
  const { say } = useSpeech()
  return (
    <section className="kit-section" aria-labelledby="ways">
      <h2 id="ways">{say(words.ways)}</h2>
      <ul>
        {[words.wayApp, words.waySite, words.wayCall, words.wayOffice].map((way) => (
          <li key={way.en}>{say(way)}</li>
        ))}
      </ul>
      <p>{say(words.window)}</p>
      <p className="kit-note kit-note-warning">{say(words.lost)}</p>
    </section>
  )
}
