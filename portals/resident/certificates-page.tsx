import { useQuery } from '@tanstack/react-query'
import { type AnswerOf, defineWords, Empty, Link, Loaded, useApi, useSpeech } from '../../kit/door.ts'

const words = defineWords({
  title: { zh: '我的证明', en: 'My certificates' },
  lead: {
    zh: '开具过的证明都在这里，可以再次下载。把核验码和证件号码后四位告诉对方，对方就能核验。',
    en: 'Every certificate issued to you, to be downloaded again. Whoever gets one can verify it with its code and the last four characters of your number.',
  },
  none: { zh: '还没有开具过证明。', en: 'None has been issued yet.' },
  back: { zh: '我的', en: 'Me' },
  open: { zh: '打开 PDF', en: 'Open the PDF' },
  code: { zh: '核验码', en: 'Code' },
  purpose: { zh: '用途', en: 'For' },
  until: { zh: '有效期至 {on}', en: 'valid until {on}' },
  withdrawn: { zh: '{on} 已撤销：{reason}', en: 'Withdrawn on {on}: {reason}' },
})

/** Every certificate that was issued to the person. */
export function CertificatesPage() {
  const api = useApi()
  const { say, day, moment, language } = useSpeech()
  const certificates = useQuery({
    queryKey: ['my certificates'],
    queryFn: async () => (await api.get<AnswerOf<'GET /certificates'>>('/certificates')).items,
  })
  return (
    <>
      <p className="resident-back">
        <Link to="/me">‹ {say(words.back)}</Link>
      </p>
      <h1>{say(words.title)}</h1>
      <p>{say(words.lead)}</p>
      <Loaded query={certificates}>
        {(items) =>
          items.length === 0 ? (
            <Empty>{say(words.none)}</Empty>
          ) : (
            <ul className="resident-list">
              {items.map(({ certificateId, title, code, issuedAt, validUntil, purpose, withdrawn }) => (
                <li key={certificateId} className="resident-row">
                  <span className="resident-row-title">{say(title)}</span>
                  <span className="kit-quiet">
                    {moment(issuedAt)}
                    {validUntil !== null && ` · ${say(words.until, { on: day(validUntil) })}`}
                  </span>
                  <span>
                    {say(words.code)}: <span className="kit-code">{code}</span>
                  </span>
                  <span className="kit-quiet">
                    {say(words.purpose)}: {purpose}
                  </span>
                  {withdrawn && (
                    <span className="kit-bad">
                      {say(words.withdrawn, { on: day(withdrawn.on), reason: withdrawn.reason })}
                    </span>
                  )}
                  <a
                    href={api.href(`/certificates/${certificateId}/file`, { language })}
                    target="_blank"
                    rel="noreferrer"
                  >
                    {say(words.open)}
                  </a>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </>
  )
}
