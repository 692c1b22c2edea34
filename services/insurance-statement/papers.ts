import type { NewPaper } from '../../certificates/door.ts'
import type { BothLanguages } from '../../ground/door.ts'
import { getRegion } from '../../law/door.ts'
import type { Insurance } from '../../people/door.ts'
import { type InsuranceRecords, sumsOf } from './records.ts'

/** Names of the insurances, as the papers print them. */
export const insuranceNames: Record<Insurance, BothLanguages> = {
  pension: { zh: '企业职工基本养老保险', en: 'Employees’ pension' },
  resident_pension: { zh: '城乡居民基本养老保险', en: 'Resident pension' },
  medical: { zh: '医疗保险', en: 'Medical insurance' },
  unemployment: { zh: '失业保险', en: 'Unemployment insurance' },
  work_injury: { zh: '工伤保险', en: 'Work-injury insurance' },
}

const ownPayment = { zh: '个人缴费', en: 'paid alone' }
const none = { zh: '无', en: 'none' }

/** The agency as it signs papers. */
export function issuerOf(agency: string): BothLanguages {
  const { zh, en } = getRegion(agency).name
  return { zh: `${zh}社会保险经办机构`, en: `Social insurance agency of ${en}` }
}

function commonOf(records: InsuranceRecords, title: BothLanguages): NewPaper {
  const { person, enrolments, months } = records
  return {
    title,
    issuer: issuerOf(person.agency),
    holder: { name: person.name, number: person.idNumberMasked },
    tables: [
      {
        title: { zh: '现在参加的社会保险', en: 'Insured now' },
        columns: [
          { zh: '险种', en: 'Insurance' },
          { zh: '经办机构', en: 'Agency' },
          { zh: '参保起始', en: 'Since' },
        ],
        rows: enrolments.map(({ insurance, agency, from }) => [
          insuranceNames[insurance],
          getRegion(agency).name,
          { on: from },
        ]),
      },
      {
        title: { zh: '历年累计', en: 'All years' },
        columns: [
          { zh: '险种', en: 'Insurance' },
          { zh: '已缴月数', en: 'Months paid' },
          { zh: '首月', en: 'First' },
          { zh: '末月', en: 'Last' },
        ],
        rows: sumsOf(months).map(({ insurance, monthsPaid, first, last }) => [
          insuranceNames[insurance],
          String(monthsPaid),
          first ?? none,
          last ?? none,
        ]),
      },
    ],
  }
}

/** The statement of a year: what one is insured for, the sums of all years, each month of the year, and the own account as far as it is known. */
export function statementPaper(records: InsuranceRecords, year: number, ownAccountFen: number): NewPaper {
  const title = { zh: `个人社会保险权益单（${year} 年）`, en: `Statement of social insurance, ${year}` }
  const common = commonOf(records, title)
  const ofYear = records.months.filter(({ month }) => month.startsWith(`${year}-`))
  return {
    ...common,
    facts: [
      {
        label: { zh: '养老保险个人账户缴费（元）', en: 'Own pension account, contributions (CNY)' },
        value: { amountFen: ownAccountFen },
      },
    ],
    tables: [
      ...(common.tables ?? []),
      {
        title: { zh: `${year} 年各月缴费`, en: `Months of ${year}` },
        columns: [
          { zh: '月份', en: 'Month' },
          { zh: '险种', en: 'Insurance' },
          { zh: '缴费基数（元）', en: 'Base (CNY)' },
          { zh: '到账日期', en: 'Paid on' },
          { zh: '缴费单位', en: 'Paid by' },
        ],
        rows: ofYear.map(({ month, insurance, baseFen, paidOn, employerName }) => [
          month,
          insuranceNames[insurance],
          { amountFen: baseFen },
          paidOn === null ? { zh: '未缴', en: 'not paid' } : { on: paidOn },
          employerName ?? ownPayment,
        ]),
      },
    ],
    notes: [
      {
        zh: '个人账户按登记的已缴基数和记入比例计算，不含利息和财政补贴，以参保地个人账户记账为准。对记录有异议的，请向参保地经办机构申请核对。',
        en: 'The own account is reckoned from the paid bases on record, without interest or subsidies; the books of the insured place decide. If a record is wrong, ask the agency of the insured place to check it.',
      },
    ],
  }
}

/** The proof that somebody is, or was, insured: no bases and no months one by one, so that whoever asks for it learns no more than needed. */
export function proofPaper(records: InsuranceRecords): NewPaper {
  const isInsured = records.enrolments.length > 0
  return {
    ...commonOf(records, { zh: '社会保险参保证明', en: 'Certificate of social insurance' }),
    sentences: [
      isInsured
        ? { zh: '兹证明上述人员在本地参加社会保险。', en: 'This certifies that the person named is insured here.' }
        : {
            zh: '兹证明上述人员曾在本地参加社会保险，现无参保关系。',
            en: 'This certifies that the person named was insured here and is not at present.',
          },
    ],
  }
}
