import * as z from 'zod/mini'
import { type CasePart, type CasePartProps, defineWords, useSpeech } from '../../../kit/door.ts'
import { codeForm } from './form.ts'

const words = defineWords({
  code: { zh: '您的邀请码', en: 'Your code' },
  until: {
    zh: '有效期到 {until}。乘车、参观时向工作人员出示。',
    en: 'Valid until {until}. Show it on metro and bus and at the places.',
  },
})

const state = z.object({ code: z.nullable(z.string()), until: z.nullable(z.string()) })

/** The code on its holder's case page. */
export const casePart: CasePart = { flow: codeForm.flow, Facts: CodeFacts }

function CodeFacts({ view }: CasePartProps) {
  const { say, day } = useSpeech()
  const { data } = state.safeParse(view.file.state)
  if (!data?.code || !data.until) return null
  return (
    <section className="kit-section" aria-labelledby="code">
      <h2 id="code">{say(words.code)}</h2>
      <p>
        <strong>{data.code}</strong>
      </p>
      <p>{say(words.until, { until: day(data.until) })}</p>
    </section>
  )
}
