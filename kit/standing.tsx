import * as z from 'zod/mini'
import { AnswerInWords } from './answer-in-words.tsx'
import type { FormField } from './api-types.ts'
import { answerIn } from './form-answers.ts'
import { useSpeech } from './language.tsx'
import { useTeller } from './messages.ts'
import { QuestionPages } from './question-pages.tsx'
import { SendApplication } from './send-application.tsx'
import type { CasePart, CasePartProps, ServicePage } from './service-page.ts'
import { useSignedIn } from './session.ts'
import { defineWords } from './words.ts'

const words = defineWords({
  lead: {
    zh: '登记簿已有的情况不再要求填写；提交后由工作人员分别受理和审核。',
    en: 'What the registers know is not asked. Officers accept and decide what you send.',
  },
  answers: { zh: '您填写的', en: 'What you answered' },
  holds: { zh: '有效期', en: 'Holds' },
  fromTo: { zh: '{from} 至 {to}', en: '{from} to {to}' },
  open: { zh: '长期', en: 'without an end' },
  endReason: { zh: '终止原因', en: 'Why it ended' },
  why: { zh: '理由', en: 'Why' },
})

/** What is applied for and then holds, as pages know it: words are the messages `form.<flow>.<name>` of the service. */
export type StandingForm = {
  service: string
  flow: string
  fields: readonly FormField[]
  /** The step that opens its case, `apply` where left out. */
  opens?: string
}

const state = z.object({
  answers: z.record(z.string(), z.unknown()),
  from: z.nullable(z.string()),
  to: z.nullable(z.string()),
  endReason: z.nullable(z.string()),
  found: z.nullable(z.object({ outcome: z.string(), reason: z.nullable(z.string()), because: z.string() })),
})

/** The state of a case about a standing, where it is one. */
export function findStandingState(value: unknown): z.infer<typeof state> | undefined {
  return state.safeParse(value).data
}

/** A resident's page that applies for a standing, one question at a time. */
export function standingPage(form: StandingForm, page: Omit<ServicePage, 'Component'>): ServicePage {
  return { ...page, Component: () => <ApplyPage form={form} page={page} /> }
}

function ApplyPage({ form, page }: { form: StandingForm; page: Omit<ServicePage, 'Component'> }) {
  const { say } = useSpeech()
  const { today } = useSignedIn()
  return (
    <>
      <h1>{say(page.title)}</h1>
      <QuestionPages
        fields={form.fields}
        service={form.service}
        flow={form.flow}
        today={today}
        intro={
          <>
            {page.summary && <p>{say(page.summary)}</p>}
            <p>{say(words.lead)}</p>
          </>
        }
        end={(answers) => (
          <section className="kit-section">
            <SendApplication opening={{ flow: form.flow, step: form.opens ?? 'apply', body: { answers } }} isGranted />
          </section>
        )}
      />
    </>
  )
}

/** What a resident sees of a standing on its case page. */
export function standingCase(form: StandingForm): CasePart {
  return { flow: form.flow, Facts: ({ view }) => <StandingFacts view={view} form={form} /> }
}

function StandingFacts({ view, form }: CasePartProps & { form: StandingForm }) {
  const { say } = useSpeech()
  const teller = useTeller(form.service)
  const told = useStandingInWords(view.file.state, form)
  const found = findStandingState(view.file.state)
  if (!found) return null
  return (
    <section className="kit-section" aria-labelledby="answers">
      <h2 id="answers">{say(words.answers)}</h2>
      <dl className="kit-facts">
        {form.fields.map((field) => (
          <div key={field.name} className="kit-fact">
            <dt>{teller.tell(`form.${form.flow}.${field.name}`)}</dt>
            <dd>
              <AnswerInWords field={field} teller={teller} answer={answerIn(found.answers, field.name)} />
            </dd>
          </div>
        ))}
        {told.map(({ label, value }) => (
          <div key={label} className="kit-fact">
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

/** How long a standing holds, why it was refused or ended: label and value, in the reader's language. */
export function useStandingInWords(value: unknown, { service }: StandingForm): Array<{ label: string; value: string }> {
  const { say, day } = useSpeech()
  const teller = useTeller(service)
  const found = findStandingState(value)
  if (!found) return []
  const { from, to, endReason, found: finding } = found
  const period = from && say(words.fromTo, { from: day(from), to: to ? day(to) : say(words.open) })
  const why = finding?.reason ? `${teller.tell(`reasons.${finding.reason}`)}（${finding.because}）` : null
  return [
    { label: say(words.holds), value: period },
    { label: say(words.why), value: why },
    { label: say(words.endReason), value: endReason },
  ].flatMap(({ label, value: told }) => (told ? [{ label, value: told }] : []))
}
