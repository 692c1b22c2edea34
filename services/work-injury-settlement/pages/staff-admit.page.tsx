import { useQuery } from '@tanstack/react-query'
import { Alert, Card, Input, Segmented } from 'antd'
import { useState } from 'react'
import {
  defineWords,
  go,
  type Me,
  type ServicePage,
  type StepTaken,
  useAction,
  useApi,
  useSignedIn,
  useSpeech,
} from '../../../kit/door.ts'
import { type Field, FieldsForm, type FieldValues, ProblemAlert, StaffPage } from '../../../kit/staff/door.ts'
import { serviceWords } from './staff-words.ts'

const words = defineWords({
  title: { zh: '入院登记', en: 'Admit' },
  summary: {
    zh: '核验社保卡后向参保地询问；答复前显示“待参保地确认”，不耽误治疗。',
    en: 'The card is checked and the insured place asked. Until it answers the stay shows as waiting; treatment does not wait.',
  },
  identity: { zh: '一、核验身份', en: '1. Check the card' },
  qr: { zh: '电子社保卡二维码', en: 'E-card code' },
  card: { zh: '实体社保卡', en: 'Card' },
  scan: { zh: '扫入或粘贴二维码内容', en: 'Scan or paste the code' },
  scanHelp: { zh: '二维码一分钟内有效，只能用一次', en: 'The code lives a minute and works once' },
  scanned: { zh: '{time} 扫入', en: 'Scanned at {time}' },
  notACode: { zh: '这不是电子社保卡的二维码', en: 'This is not the code of an e-card' },
  cardNumber: { zh: '社保卡号', en: 'Card number' },
  stay: { zh: '二、登记住院', en: '2. Register the stay' },
  inpatient: { zh: '住院', en: 'inpatient' },
  emergency: { zh: '急诊入院', en: 'emergency admission' },
  outpatient: { zh: '门诊', en: 'outpatient' },
  medical: { zh: '工伤医疗', en: 'medical treatment' },
  rehabilitation: { zh: '工伤康复', en: 'rehabilitation' },
  device: { zh: '辅助器具', en: 'assistive device' },
  thirdParty: { zh: '有第三人责任（如交通事故对方）', en: 'A third party is liable (e.g. in a traffic accident)' },
  otherInsurance: { zh: '本次住院已按其他保险登记', en: 'The stay is registered under another insurance already' },
  bed: { zh: '床号', en: 'Bed' },
  submit: { zh: '登记并询问参保地', en: 'Register and ask the insured place' },
  shownFirst: { zh: '请先扫码或填写卡号', en: 'Scan the code or enter the card number first' },
})

/** What the person showed. `scannedAt` is the moment of scanning by the node's clock: the code is judged by it. */
type Shown = { kind: 'qr'; token: string; scannedAt: string } | { kind: 'card'; cardNumber: string }

const choices = (...values: Array<keyof typeof words>) => values.map((value) => ({ value, label: words[value] }))

const fields: Field[] = [
  { name: 'insuredRegion', kind: 'region', label: serviceWords.insuredRegion, required: true },
  {
    name: 'careKind',
    kind: 'choice',
    label: serviceWords.careKind,
    required: true,
    options: choices('inpatient', 'emergency', 'outpatient'),
  },
  {
    name: 'costType',
    kind: 'choice',
    label: serviceWords.costType,
    required: true,
    options: choices('medical', 'rehabilitation', 'device'),
  },
  { name: 'admittedOn', kind: 'date', label: serviceWords.admittedOn, required: true },
  { name: 'thirdPartyLiable', kind: 'flag', label: words.thirdParty },
  { name: 'otherInsuranceOpen', kind: 'flag', label: words.otherInsurance },
  { name: 'bed', kind: 'text', label: words.bed },
]

function AdmitPage() {
  const { say } = useSpeech()
  const api = useApi()
  const me = useSignedIn()
  const institutionId = me.assignments.find(
    ({ assignmentId }) => assignmentId === me.acting.assignmentId,
  )?.institutionId
  const institution = useQuery({
    queryKey: ['institution', institutionId],
    queryFn: () => api.get<{ region: string }>(`/institutions/${institutionId}`),
    enabled: institutionId !== undefined,
  })
  const [shown, setShown] = useState<Shown>()
  const [isMissing, setMissing] = useState(false)
  const admit = useAction(
    (body: FieldValues, key) =>
      api.post<StepTaken>(
        '/cases',
        { flow: 'stay', body, subject: { institutionId }, agency: institution.data?.region },
        key,
      ),
    { onSuccess: ({ caseId }) => go(`/cases/${caseId}`) },
  )
  // The region of a code stands in front of it.
  const region = shown?.kind === 'qr' ? shown.token.slice(0, 6) : undefined
  const askedFields = region === undefined ? fields : fields.filter(({ name }) => name !== 'insuredRegion')
  return (
    <StaffPage title={say(words.title)} summary={say(words.summary)}>
      <Card size="small" title={say(words.identity)} style={{ maxWidth: 720 }}>
        <ShowCard onShown={setShown} />
      </Card>
      <Card size="small" title={say(words.stay)} style={{ maxWidth: 720 }}>
        <FieldsForm
          fields={askedFields}
          initial={{ careKind: 'inpatient', costType: 'medical', admittedOn: me.today }}
          submitLabel={say(words.submit)}
          isSubmitting={admit.isPending || institution.isLoading}
          onSubmit={(values) => {
            setMissing(!shown)
            if (shown) admit.mutate({ ...values, ...(region !== undefined && { insuredRegion: region }), shown })
          }}
        />
        {isMissing && !shown && <Alert type="warning" showIcon title={say(words.shownFirst)} />}
        <ProblemAlert error={institution.error ?? admit.error} />
      </Card>
    </StaffPage>
  )
}

/** Taking the e-card's code from a scanner (which types it) or the number of the card. */
function ShowCard({ onShown }: { onShown: (shown: Shown | undefined) => void }) {
  const { say, moment } = useSpeech()
  const api = useApi()
  const [kind, setKind] = useState<Shown['kind']>('qr')
  const [scannedAt, setScannedAt] = useState<string>()
  const [isNoCode, setNoCode] = useState(false)
  const scan = async (typed: string) => {
    const token = typed.trim()
    const isCode = /^\d{6}\.\S{8,}$/.test(token)
    setNoCode(token !== '' && !isCode)
    setScannedAt(undefined)
    onShown(undefined)
    if (!isCode) return
    const { now } = await api.get<Me>('/me')
    setScannedAt(now)
    onShown({ kind: 'qr', token, scannedAt: now })
  }
  return (
    <div className="staff-stack">
      <Segmented<Shown['kind']>
        value={kind}
        onChange={(next) => {
          setKind(next)
          onShown(undefined)
        }}
        options={[
          { value: 'qr', label: say(words.qr) },
          { value: 'card', label: say(words.card) },
        ]}
      />
      {kind === 'qr' ? (
        <label htmlFor="shown-code">
          {say(words.scan)} <span className="staff-quiet">{say(words.scanHelp)}</span>
          <Input
            id="shown-code"
            autoComplete="off"
            autoFocus
            status={isNoCode ? 'error' : ''}
            onChange={({ target }) => void scan(target.value)}
          />
        </label>
      ) : (
        <label htmlFor="shown-card">
          {say(words.cardNumber)}
          <Input
            id="shown-card"
            autoComplete="off"
            onChange={({ target }) => {
              const cardNumber = target.value.trim()
              onShown(cardNumber.length < 4 ? undefined : { kind: 'card', cardNumber })
            }}
          />
        </label>
      )}
      {isNoCode && kind === 'qr' && <Alert type="warning" title={say(words.notACode)} />}
      {scannedAt && kind === 'qr' && (
        <Alert type="success" showIcon title={say(words.scanned, { time: moment(scannedAt) })} />
      )}
    </div>
  )
}

/** Admission at the hospital. */
export const page: ServicePage = {
  id: 'work-injury-admit',
  title: words.title,
  roles: ['hospital_office'],
  order: 11,
  path: '/work-injury/admit',
  Component: AdmitPage,
}
