import { useQuery } from '@tanstack/react-query'
import {
  type AccessEntry,
  type AnswerOf,
  type BothLanguages,
  dayInShanghai,
  defineWords,
  Empty,
  Link,
  Loaded,
  RegionName,
  useApi,
  useRoleTitles,
  useSpeech,
} from '../../kit/door.ts'

const words = defineWords({
  title: { zh: '谁查看过我的信息', en: 'Who looked at my data' },
  lead: {
    zh: '每一次查看和修改都记在这里，不能删除。看到不认识的，请拨打 12333。',
    en: 'Every look and every change is kept here and cannot be removed. Call 12333 about anything you do not recognise.',
  },
  none: { zh: '还没有人查看过。', en: 'Nobody has looked yet.' },
  back: { zh: '我的', en: 'Me' },
  myself: { zh: '本人（或代办人）', en: 'Myself, or who acts for me' },
  system: { zh: '系统自动办理', en: 'Done by itself' },
  why: { zh: '原因', en: 'Why' },
  times: { zh: '当天共 {count} 次', en: '{count} times that day' },
})

/** What was done, in words. */
const actions: Record<string, BothLanguages> = defineWords({
  read_person: { zh: '查看基本信息', en: 'Read personal data' },
  search_person: { zh: '查找人员', en: 'Searched for persons' },
  reveal_id_number: { zh: '查看完整身份证号', en: 'Saw the whole identity number' },
  read_cards: { zh: '查看社保卡', en: 'Read cards' },
  check_card: { zh: '核验社保卡', en: 'Checked a card' },
  present_qr_code: { zh: '扫描电子社保卡二维码', en: 'Scanned the e-card' },
  read_enrolments: { zh: '查看参保', en: 'Read insurance' },
  read_authorities: { zh: '查看代办授权', en: 'Read authorities' },
  register_person: { zh: '登记人员', en: 'Registered the person' },
  match_person: { zh: '比对人员信息', en: 'Matched personal data' },
  change_agency: { zh: '变更经办机构', en: 'Changed the agency' },
  record_retirement: { zh: '登记退休', en: 'Recorded retirement' },
  record_death: { zh: '登记死亡', en: 'Recorded death' },
  issue_card: { zh: '发卡', en: 'Issued a card' },
  report_card_lost: { zh: '社保卡挂失', en: 'Reported the card lost' },
  list_cardholders: { zh: '列入持卡人台账查看', en: 'Was listed among the cardholders' },
  open_card_account: { zh: '开通社保卡金融功能', en: 'Opened the financial function of the card' },
  change_phone: { zh: '变更手机号码', en: 'Changed the phone number' },
  report_card_found: { zh: '解除挂失', en: 'The card turned up' },
  replace_card: { zh: '补换卡', en: 'Replaced the card' },
  cancel_card: { zh: '注销卡', en: 'Cancelled the card' },
  apply_e_card: { zh: '申领电子社保卡', en: 'Got the e-card' },
  authorise_app: { zh: '授权应用展示', en: 'Let an app show the e-card' },
  issue_qr_code: { zh: '出示二维码', en: 'Showed the QR code' },
  enrol: { zh: '登记参保', en: 'Enrolled' },
  change_enrolment: { zh: '变更参保', en: 'Changed the insurance' },
  end_enrolment: { zh: '终止参保', en: 'Ended the insurance' },
  record_authority: { zh: '登记代办授权', en: 'Recorded an authority' },
  end_authority: { zh: '收回代办授权', en: 'Withdrew an authority' },
  read_payout_account: { zh: '查看收款账户', en: 'Read the account for payments' },
  reveal_payout_account: { zh: '查看完整收款账号（用于支付）', en: 'Saw the whole account number, for a payment' },
  read_owners: { zh: '查看名下经营单位', en: 'Read whose a business is' },
  record_owner: { zh: '登记经营者', en: 'Recorded whose a business is' },
  end_owner: { zh: '终止经营者登记', en: 'Ended the record of a business' },
  read_contributions: { zh: '查看缴费记录', en: 'Read contributions' },
  record_contributions: { zh: '登记缴费', en: 'Recorded contributions' },
  receive_months: { zh: '转入缴费月数', en: 'Entered months received from elsewhere' },
  hand_over_months: { zh: '转出缴费月数', en: 'Handed over months, or took them back' },
  read_employments: { zh: '查看用工记录', en: 'Read employments' },
  begin_employment: { zh: '登记用工', en: 'Recorded an employment' },
  change_post: { zh: '变更岗位', en: 'Recorded another post' },
  end_employment: { zh: '登记终止用工', en: 'Recorded the end of an employment' },
  read_certificates: { zh: '查看技能证书', en: 'Read certificates' },
  record_certificate: { zh: '登记技能证书', en: 'Recorded a certificate' },
  revoke_certificate: { zh: '撤销技能证书', en: 'Revoked a certificate' },
  read_benefits: { zh: '查看领取的待遇', en: 'Read benefits' },
  begin_benefit: { zh: '开始发放待遇', en: 'Began a benefit' },
  end_benefit: { zh: '停止发放待遇', en: 'Ended a benefit' },
  cancel_benefit: { zh: '撤回待遇', en: 'Took back a benefit' },
  read_employment_status: { zh: '查看就业失业登记', en: 'Read the employment status' },
  begin_employment_status: { zh: '登记就业失业状态', en: 'Registered an employment status' },
  end_employment_status: { zh: '终止就业失业登记', en: 'Ended an employment status' },
})

/** Purposes the system itself gives; officers write theirs in their own words. */
const purposes: Record<string, BothLanguages> = defineWords({
  self_service: { zh: '本人在网上查看', en: 'I looked myself, online' },
  list_of_represented: { zh: '代办人查看可以替谁办理', en: 'A proxy saw for whom they may act' },
  open_case: { zh: '受理申请', en: 'An application was made' },
  stay: { zh: '住院登记和结算', en: 'A stay in hospital' },
  claim: { zh: '手工报销', en: 'A claim' },
  demo: { zh: '准备演示数据', en: 'The demonstration was prepared' },
  offers: { zh: '主动服务：看有没有您可以办的事', en: 'Looked whether something is due to you' },
  insurance_statement: { zh: '开具权益单或参保证明', en: 'A statement or proof of insurance' },
  insurance_registration: { zh: '参保登记', en: 'Registration for insurance' },
  certificate_file: { zh: '打开已开具的证明', en: 'A certificate was opened' },
  filing: { zh: '异地就医备案', en: 'Filing of treatment elsewhere' },
})

type LookOfADay = { latest: AccessEntry; count: number }

/** The same thing done for the same reason by the same kind of reader is told once a day, with how often. Newest first, as they came. */
function byDay(entries: readonly AccessEntry[], dayOf: (instant: string) => string): LookOfADay[] {
  const looks = new Map<string, LookOfADay>()
  for (const entry of entries) {
    const { at, action, purpose, role, agency, institutionId, employerId } = entry
    const kind = JSON.stringify([dayOf(at), action, purpose, role, agency, institutionId, employerId])
    const known = looks.get(kind)
    looks.set(kind, { latest: known?.latest ?? entry, count: (known?.count ?? 0) + 1 })
  }
  return [...looks.values()]
}

/** Every look at the person's data and every change of it, newest first. */
export function AccessLogPage() {
  const api = useApi()
  const { say, moment } = useSpeech()
  const roles = useRoleTitles()
  const log = useQuery({
    queryKey: ['my access log'],
    queryFn: async () => (await api.get<AnswerOf<'GET /me/access-log'>>('/me/access-log')).items,
  })
  const who = ({ role }: AccessEntry) => {
    if (role === 'person') return say(words.myself)
    if (role === 'system') return say(words.system)
    const title = roles.get(role)
    return title ? say(title) : role
  }
  const inWords = (table: Record<string, BothLanguages>, code: string) => {
    const known = table[code]
    return known ? say(known) : code
  }
  return (
    <>
      <p className="resident-back">
        <Link to="/me">‹ {say(words.back)}</Link>
      </p>
      <h1>{say(words.title)}</h1>
      <p>{say(words.lead)}</p>
      <Loaded query={log}>
        {(entries) =>
          entries.length === 0 ? (
            <Empty>{say(words.none)}</Empty>
          ) : (
            <ul className="resident-list">
              {byDay(entries, dayInShanghai).map(({ latest: entry, count }) => (
                <li key={`${entry.at} ${entry.action} ${entry.purpose}`} className="resident-row">
                  <span className="resident-row-title">{inWords(actions, entry.action)}</span>
                  <span className="kit-quiet">
                    {moment(entry.at)}
                    {count > 1 && ` · ${say(words.times, { count })}`}
                  </span>
                  <span>
                    {entry.agency !== null && (
                      <>
                        <RegionName code={entry.agency} />{' '}
                      </>
                    )}
                    {who(entry)}
                  </span>
                  {entry.purpose !== null && (
                    <span className="kit-quiet">
                      {say(words.why)}: {inWords(purposes, entry.purpose)}
                    </span>
                  )}
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </>
  )
}
