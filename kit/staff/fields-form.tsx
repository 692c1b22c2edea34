import {
  Button,
  Checkbox,
  Form,
  type FormInstance,
  Input,
  InputNumber,
  type InputProps,
  Radio,
  Select,
  Space,
  Switch,
} from 'antd'
import { type ReactNode, useEffect, useId } from 'react'
import { formatFen, isIdentityNumber, parseYuan } from '../formats.ts'
import { type BothLanguages, useSpeech } from '../language.tsx'
import { commonWords, defineWords } from '../words.ts'
import { RegionSelect } from './regions.tsx'
import { rememberLabels } from './shown-labels.ts'

/** One field of a staff form, as data. `name` may be dotted: `opinion.issuedOn` becomes part of an object. */
export type Field = {
  name: string
  label: BothLanguages
  /**
   * `identity` is an identity number with its check digit; `money` is typed in yuan and sent in fen; `texts` is a list of short texts; `choice` shows its options, `select` hides many in a list, `choices` takes
   * several of them; `secret` is not
   * shown as it is typed.
   */
  kind:
    | 'text'
    | 'identity'
    | 'long_text'
    | 'secret'
    | 'choice'
    | 'choices'
    | 'select'
    | 'money'
    | 'date'
    | 'flag'
    | 'count'
    | 'region'
    | 'texts'
  options?: ReadonlyArray<{ value: string; label: BothLanguages }>
  required?: boolean
  help?: BothLanguages
  /** Asked only while another field has one of these values. */
  askedWhen?: { field: string; is: ReadonlyArray<string | boolean> }
}

/** What a form gives: fields that were left empty or not asked are not there; money is fen. */
export type FieldValues = Record<string, unknown>

const words = defineWords({
  needed: { zh: '请填写“{label}”', en: 'Please fill in: {label}' },
  yuanHint: { zh: '元，最多两位小数', en: 'in yuan, at most two decimals' },
  identityWrong: {
    zh: '身份证号码不对：应为 18 位，末位是校验码（数字或 X）',
    en: 'No identity number: 18 characters, of which the last is a check digit (a figure or X)',
  },
  textsHint: { zh: '每项按回车确认', en: 'press Enter after each item' },
})

type FieldsFormProps = {
  fields: readonly Field[]
  /** By field name; money in fen. */
  initial?: Readonly<Record<string, unknown>>
  submitLabel: string
  isSubmitting: boolean
  isDangerous?: boolean
  onSubmit: (values: FieldValues) => void
  /** Told at each change what the form would give now. */
  onChange?: (values: FieldValues) => void
  children?: ReactNode
}

/** A form of staff from fields as data. */
export function FieldsForm(props: FieldsFormProps) {
  const { fields, initial = {}, submitLabel, isSubmitting, isDangerous = false, onSubmit, onChange, children } = props
  const name = useId()
  const [form] = Form.useForm<FieldValues>()
  const read = () => valuesOf(fields, form)
  useEffect(() => rememberLabels(fields), [fields])
  return (
    <Form
      form={form}
      // Two forms on a page may have fields of one name: each field's label names its own.
      name={name}
      layout="vertical"
      requiredMark={(label, { required }) => (
        <>
          {label}
          {required && <span aria-hidden="true"> *</span>}
        </>
      )}
      initialValues={Object.fromEntries(fields.map((field) => [field.name, initialOf(field, initial[field.name])]))}
      onFinish={() => onSubmit(nested(read()))}
      {...(onChange && { onValuesChange: () => onChange(nested(read())) })}
    >
      {fields.map((field) => (
        <AskedField key={field.name} field={field} />
      ))}
      {children}
      <Space>
        <Button type="primary" htmlType="submit" loading={isSubmitting} danger={isDangerous}>
          {submitLabel}
        </Button>
      </Space>
    </Form>
  )
}

function AskedField({ field }: { field: Field }) {
  const { askedWhen } = field
  if (!askedWhen) return <FieldItem field={field} />
  return (
    <Form.Item noStyle dependencies={[askedWhen.field]}>
      {({ getFieldValue }) =>
        askedWhen.is.includes(getFieldValue(askedWhen.field)) ? <FieldItem field={field} /> : null
      }
    </Form.Item>
  )
}

function FieldItem({ field }: { field: Field }) {
  const { say } = useSpeech()
  const { name, kind, label, required = false, help, askedWhen } = field
  return (
    <Form.Item
      name={name}
      label={say(label)}
      // A field that is no longer asked forgets what was typed.
      preserve={askedWhen === undefined}
      {...(kind === 'flag' && { valuePropName: 'checked' })}
      {...(help && { extra: say(help) })}
      required={required}
      rules={[
        { required: required && kind !== 'flag', message: say(words.needed, { label: say(label) }) },
        ...(kind === 'money' ? [{ validator: checkTyped(isYuan, say(words.yuanHint)) }] : []),
        ...(kind === 'identity' ? [{ validator: checkTyped(isIdentityNumber, say(words.identityWrong)) }] : []),
      ]}
    >
      {inputOf(field, say)}
    </Form.Item>
  )
}

function inputOf({ kind, options = [] }: Field, say: (text: BothLanguages) => string): ReactNode {
  const choices = options.map(({ value, label }) => ({ value, label: say(label) }))
  switch (kind) {
    case 'text':
      return <Input maxLength={300} />
    case 'identity':
      return <Input maxLength={20} autoComplete="off" />
    case 'secret':
      return <Input.Password maxLength={300} autoComplete="off" visibilityToggle={false} />
    case 'long_text':
      return <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={1000} />
    case 'choice':
      return <Radio.Group options={choices} />
    case 'choices':
      return <Checkbox.Group options={choices} />
    case 'select':
      return <Select options={choices} showSearch={{ optionFilterProp: 'label' }} />
    case 'money':
      return <Input inputMode="decimal" className="staff-amount-input" placeholder={say(words.yuanHint)} />
    case 'date':
      return <DateInput />
    case 'flag':
      return <Switch checkedChildren={say(commonWords.yes)} unCheckedChildren={say(commonWords.no)} />
    case 'count':
      return <InputNumber min={0} precision={0} />
    case 'region':
      return <RegionSelect />
    case 'texts':
      return <Select mode="tags" open={false} suffixIcon={null} placeholder={say(words.textsHint)} />
  }
}

/** The browser shows a date in its own language and order: the day that was chosen is said beside it in the page's. */
function DateInput({ value, ...input }: InputProps) {
  const { day } = useSpeech()
  const chosen = typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) ? day(value) : ''
  return (
    <Space>
      <Input type="date" className="staff-date-input" value={value} {...input} />
      <span className="staff-quiet">{chosen}</span>
    </Space>
  )
}

const isYuan = (typed: string) => parseYuan(typed) !== undefined

function checkTyped(isRight: (typed: string) => boolean, message: string) {
  return async (_: unknown, typed: unknown) => {
    if (typeof typed === 'string' && typed !== '' && !isRight(typed)) throw new Error(message)
  }
}

function initialOf({ kind }: Field, value: unknown): unknown {
  if (kind === 'money' && typeof value === 'number') return formatFen(value)
  if (kind === 'flag') return value ?? false
  return value
}

function valuesOf(fields: readonly Field[], form: FormInstance): FieldValues {
  const typed = form.getFieldsValue(true)
  const isAsked = ({ askedWhen }: Field) => !askedWhen || askedWhen.is.includes(typed[askedWhen.field])
  const given = fields.filter(isAsked).map(({ name, kind }): [string, unknown] => {
    const value: unknown = typed[name]
    return [name, kind === 'money' && typeof value === 'string' ? parseYuan(value) : value]
  })
  return Object.fromEntries(given.filter(([, value]) => value !== undefined && value !== null && value !== ''))
}

/** `{ 'opinion.issuedOn': x }` -> `{ opinion: { issuedOn: x } }`. */
function nested(values: FieldValues): FieldValues {
  const result: Record<string, Record<string, unknown> | unknown> = {}
  const groups = new Map<string, Record<string, unknown>>()
  for (const [name, value] of Object.entries(values)) {
    const [group = '', part] = name.split('.')
    if (part === undefined) result[group] = value
    else {
      const members = groups.get(group) ?? {}
      members[part] = value
      groups.set(group, members)
      result[group] = members
    }
  }
  return result
}
