import { type FormEvent, useState } from 'react'
import {
  type AnswerOf,
  defineWords,
  ProblemNote,
  TextField,
  useAction,
  useApi,
  usePlace,
  useSpeech,
} from '../../kit/door.ts'
import { CertificatePaper } from './certificate-paper.tsx'

const words = defineWords({
  title: { zh: '核验证明', en: 'Verify a certificate' },
  lead: {
    zh: '收到别人出示的证明，可以在这里核对真伪，不用登录。请比对下面显示的内容和手中的证明是否一致。',
    en: 'Check a certificate that somebody shows you; no sign-in is needed. Compare what is shown here with the paper in your hand.',
  },
  code: { zh: '核验码', en: 'Verification code' },
  codeHelp: { zh: '印在二维码旁边，不分大小写', en: 'Printed beside the QR code; upper or lower case' },
  lastFour: { zh: '证件号码后四位', en: 'Last four characters of the number' },
  lastFourHelp: {
    zh: '身份证号或统一社会信用代码，最后一位可能是 X',
    en: 'Of the identity number or credit code; the last may be X',
  },
  check: { zh: '核验', en: 'Verify' },
  genuine: { zh: '真实有效', en: 'Genuine and in force' },
  expired: { zh: '确由本机构开具，但已过有效期', en: 'Issued here, but it has expired' },
  withdrawn: { zh: '已撤销，不再有效', en: 'Withdrawn; it no longer holds' },
  withdrawnOn: { zh: '{on} 撤销：{reason}', en: 'Withdrawn on {on}: {reason}' },
  unknown: { zh: '查不到这份证明', en: 'No such certificate' },
  unknownHelp: {
    zh: '请核对核验码和后四位。仍查不到的，这份证明不是本机构开具的，请不要采信。',
    en: 'Check the code and the four characters. If it stays unknown, it was not issued here: do not rely on it.',
  },
  issued: { zh: '{at} 开具', en: 'Issued at {at}' },
  until: { zh: '有效期至 {on}', en: 'Valid until {on}' },
})

type Verification = AnswerOf<'POST /certificates/verification'>

/** Verifying a certificate: for anybody, without signing in. The QR code of a paper leads here with its code. */
export function VerifyPage() {
  const { say } = useSpeech()
  const api = useApi()
  const { query } = usePlace()
  const [code, setCode] = useState(query.get('code') ?? '')
  const [lastFour, setLastFour] = useState('')
  const verify = useAction((typed: { code: string; lastFour: string }) =>
    api.post<Verification>('/certificates/verification', typed),
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    verify.mutate({ code, lastFour })
  }
  return (
    <>
      <h1>{say(words.title)}</h1>
      <p>{say(words.lead)}</p>
      <form onSubmit={submit}>
        <TextField label={say(words.code)} help={say(words.codeHelp)} required value={code} onChange={setCode} />
        <TextField
          label={say(words.lastFour)}
          help={say(words.lastFourHelp)}
          required
          value={lastFour}
          onChange={setLastFour}
        />
        <div className="kit-actions">
          <button type="submit" className="kit-button kit-button-primary" disabled={verify.isPending}>
            {say(words.check)}
          </button>
        </div>
      </form>
      {verify.error && <ProblemNote error={verify.error} />}
      <div aria-live="polite">{verify.data && <Result verification={verify.data} />}</div>
    </>
  )
}

function Result({ verification }: { verification: Verification }) {
  const { say, day, moment } = useSpeech()
  if (verification.state === 'unknown') {
    return (
      <div className="kit-note kit-note-problem">
        <p className="kit-note-title">{say(words.unknown)}</p>
        <p>{say(words.unknownHelp)}</p>
      </div>
    )
  }
  const { state, issuedAt, validUntil, withdrawn, paper } = verification
  return (
    <>
      <div className={`kit-note ${state === 'genuine' ? 'kit-note-good' : 'kit-note-problem'}`}>
        <p className="kit-note-title">{say(words[state])}</p>
        <p>{say(words.issued, { at: moment(issuedAt) })}</p>
        {validUntil !== null && <p>{say(words.until, { on: day(validUntil) })}</p>}
        {withdrawn && <p>{say(words.withdrawnOn, { on: day(withdrawn.on), reason: withdrawn.reason })}</p>}
      </div>
      <CertificatePaper paper={paper} />
    </>
  )
}
