import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { type AnswerOf, defineWords, Loaded, QrCode, useApi, useSpeech } from '../../kit/door.ts'

const words = defineWords({
  label: { zh: '电子社保卡二维码', en: 'QR code of the e-card' },
  once: {
    zh: '每个码一分钟内有效，只能用一次，请勿截图给别人。',
    en: 'Each code lives a minute and works once. Do not send it to anybody.',
  },
  left: { zh: '{seconds} 秒后自动换新码', en: 'A new code in {seconds} seconds' },
  renew: { zh: '现在换一个', en: 'New code now' },
  byHand: { zh: '扫不了码？把这串字符给工作人员', en: 'Cannot be scanned? Give this to the officer' },
})

/** A code is good for sixty seconds; it is replaced a little before, so that whoever scans it has time. */
const renewSeconds = 50

/** The QR code that shows the e-card, replaced by itself while the page is looked at. */
export function ECardCode({ eCardId }: { eCardId: string }) {
  const api = useApi()
  const { say } = useSpeech()
  const code = useQuery({
    queryKey: ['e-card code', eCardId],
    queryFn: () => api.post<AnswerOf<'POST /me/e-cards/{eCardId}/qr'>>(`/me/e-cards/${eCardId}/qr`),
    staleTime: 0,
    gcTime: 0,
    refetchInterval: renewSeconds * 1000,
    refetchOnWindowFocus: true,
  })
  return (
    <Loaded query={code}>
      {({ token }) => (
        <div className="resident-qr">
          <QrCode text={token} label={say(words.label)} />
          <SecondsLeft key={token} />
          <p className="kit-quiet">{say(words.once)}</p>
          <button type="button" className="kit-button" onClick={() => void code.refetch()}>
            {say(words.renew)}
          </button>
          <details className="kit-details">
            <summary>{say(words.byHand)}</summary>
            <p className="kit-code">{token}</p>
          </details>
        </div>
      )}
    </Loaded>
  )
}

/** Counts down from the moment it appears. */
function SecondsLeft() {
  const { say } = useSpeech()
  const [seconds, setSeconds] = useState(renewSeconds)
  useEffect(() => {
    const timer = setInterval(() => setSeconds((left) => Math.max(0, left - 1)), 1000)
    return () => clearInterval(timer)
  }, [])
  return (
    <p className="resident-qr-left" role="timer">
      {say(words.left, { seconds })}
    </p>
  )
}
