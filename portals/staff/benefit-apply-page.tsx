import { Alert, Button, Card } from 'antd'
import { useState } from 'react'
import {
  type AnswerOf,
  type BenefitOffer,
  defineWords,
  go,
  type StepTaken,
  useAction,
  useApi,
  useBenefitPreview,
  useBenefits,
  useKnown,
  useSignedIn,
  useSpeech,
  useTeller,
} from '../../kit/door.ts'
import {
  EmployerSearch,
  FieldsForm,
  fieldsInWords,
  Loaded,
  PersonSearch,
  ProblemAlert,
  StaffPage,
} from '../../kit/staff/door.ts'
import { KnownFactTable } from './benefit-facts.tsx'
import { RulingNow } from './benefit-ruling.tsx'
import { benefitWords } from './benefit-words.ts'
import { PageNotFound } from './page-refused.tsx'

const words = defineWords({
  who: { zh: '申请人', en: 'Who applies' },
  purpose: { zh: '窗口代为申请{title}', en: 'applying at the counter: {title}' },
  questions: { zh: '需要填写的', en: 'What remains to be asked' },
  noQuestions: { zh: '没有需要填写的内容。', en: 'There is nothing to fill in.' },
  preview: { zh: '预判', en: 'See what the rule says' },
  previewTitle: { zh: '按规定，现在看结果是', en: 'What the rule says now' },
  risk: { zh: '受理时会命中的管控规则', en: 'Control rules that it will hit at acceptance' },
  send: { zh: '提交申请', en: 'Send the application' },
  anyway: { zh: '情况不同，仍然提交', en: 'The case is different: send it anyway' },
})

/** Applying for a benefit: an employer's officer for their employer, or the counter for whoever stands there. */
export function BenefitApplyPage({ params }: { params: Record<string, string> }) {
  const { acting } = useSignedIn()
  return (
    <Loaded query={useBenefits()}>
      {({ items }) => {
        const offer = items.find(({ flow }) => flow === params.flow)
        if (!offer || (acting.kind === 'employer' && offer.applicant !== 'employer')) return <PageNotFound />
        return <ApplyPage offer={offer} isCounter={acting.kind === 'staff'} />
      }}
    </Loaded>
  )
}

type Party = { id: string; name: string }

function ApplyPage({ offer, isCounter }: { offer: BenefitOffer; isCounter: boolean }) {
  const { say } = useSpeech()
  const [party, setParty] = useState<Party>()
  return (
    <StaffPage title={say(offer.title)} summary={say(offer.summary)}>
      {isCounter && <PartyChoice offer={offer} party={party} onChange={setParty} />}
      {isCounter ? (
        party && <Application key={party.id} offer={offer} partyId={party.id} />
      ) : (
        <Application offer={offer} />
      )}
    </StaffPage>
  )
}

type PartyChoiceProps = { offer: BenefitOffer; party: Party | undefined; onChange: (party: Party | undefined) => void }

function PartyChoice({ offer, party, onChange }: PartyChoiceProps) {
  const { say } = useSpeech()
  return (
    <Card
      size="small"
      title={party ? `${say(words.who)}: ${party.name}` : say(words.who)}
      extra={party && <Button onClick={() => onChange(undefined)}>{say(benefitWords.change)}</Button>}
    >
      {!party &&
        (offer.applicant === 'person' ? (
          <PersonSearch
            purpose={say(words.purpose, { title: say(offer.title) })}
            onChoose={({ personId, name, idNumberMasked }) =>
              onChange({ id: personId, name: `${name} ${idNumberMasked}` })
            }
          />
        ) : (
          <EmployerSearch onChoose={({ employerId, name }) => onChange({ id: employerId, name })} />
        ))}
    </Card>
  )
}

type ApplicationProps = { offer: BenefitOffer; partyId?: string }
type Known = AnswerOf<'POST /benefits/{flow}/known'>

function Application({ offer, partyId }: ApplicationProps) {
  const { say } = useSpeech()
  return (
    <Loaded query={useKnown(offer.flow, partyId)}>
      {(known) => (
        <div className="staff-sides">
          <Card size="small" title={say(benefitWords.known)}>
            <KnownFactTable facts={known.facts} />
          </Card>
          <Answering offer={offer} known={known} {...(partyId !== undefined && { partyId })} />
        </div>
      )}
    </Loaded>
  )
}

function Answering({ offer, partyId, known }: ApplicationProps & { known: Known }) {
  const { say } = useSpeech()
  const teller = useTeller(offer.service)
  const isAsked = known.fields.length > 0
  const [answers, setAnswers] = useState<Record<string, unknown> | undefined>(isAsked ? undefined : {})
  return (
    <div className="staff-stack">
      <Card size="small" title={say(words.questions)}>
        {isAsked ? (
          <FieldsForm
            fields={fieldsInWords(offer.flow, known.fields, teller)}
            submitLabel={say(words.preview)}
            isSubmitting={false}
            onSubmit={setAnswers}
            onChange={() => setAnswers(undefined)}
          />
        ) : (
          say(words.noQuestions)
        )}
      </Card>
      {answers && <Preview offer={offer} body={{ answers, ...(partyId !== undefined && { partyId }) }} />}
    </div>
  )
}

type Body = { answers: Record<string, unknown>; partyId?: string }

function Preview({ offer: { flow, service }, body }: { offer: BenefitOffer; body: Body }) {
  const { say } = useSpeech()
  const api = useApi()
  const { tell } = useTeller(service)
  const send = useAction((wish: Body, key) => api.post<StepTaken>('/cases', { flow, step: 'apply', body: wish }, key), {
    onSuccess: ({ caseId }) => go(`/cases/${caseId}`),
  })
  return (
    <Card size="small" title={say(words.previewTitle)}>
      <Loaded query={useBenefitPreview(flow, body)}>
        {({ ruling, hits }) => (
          <div className="staff-stack">
            <RulingNow ruling={ruling} service={service} />
            {hits.length > 0 && (
              <Alert
                type="warning"
                showIcon
                title={say(words.risk)}
                description={hits.map(({ rule, params }) => tell(`risk.${rule}`, params)).join('；')}
              />
            )}
            <ProblemAlert error={send.error} />
            <div>
              <Button
                type={ruling.decision.outcome === 'granted' ? 'primary' : 'default'}
                loading={send.isPending}
                onClick={() => send.mutate(body)}
              >
                {say(ruling.decision.outcome === 'granted' ? words.send : words.anyway)}
              </Button>
            </div>
          </div>
        )}
      </Loaded>
    </Card>
  )
}
