import { describe, it } from 'vitest'
import { approveApplication, importAnswers, recordAnswers, sendBatch } from './benefits-desks.ts'
import { balancedBooks } from './books.ts'
import { button, caseIdOf, shoot } from './browser.ts'
import { choose, enter, press, supply } from './keyboard.ts'
import { atCase, officer, submitStep, untilDone } from './officers.ts'
import { resident } from './residents.ts'
import { tellStory } from './story.ts'

// A class for carers, from the enrolment on a phone to the subsidy; then what the records tell, the inspector, the hearing, and the money back.

const story = tellStory('training', { regions: '000000,130000' })
const desk = { region: '130000', agency: 'shijiazhuang' }
const trainee = '示例·大龄'
const classNumber = 'SJZ-YL-000'
let caseId = ''

const picture = (name: string) => `training/${name}`

/** The institution's window with one of its classes open in it. */
async function atClass(number: string) {
  const page = await officer(story, desk.region, 'he-care-home-officer', '/training/institution')
  await press(page.getByRole('link', { name: number }))
  await page.getByRole('tab', { name: '教师和课表' }).waitFor()
  return page
}

/** A list as a file that a page takes. */
function list(...rows: string[][]) {
  const buffer = Buffer.from(`\uFEFF${rows.map((row) => row.join(',')).join('\r\n')}`)
  return { name: 'list.csv', mimeType: 'text/csv', buffer }
}

describe('subsidised training, from the enrolment to what comes back', () => {
  it('B1.05: he enrols on his phone; who has the certificate already is told why not', async () => {
    const page = await resident(story, desk.region, trainee)
    await page.goto(`/${desk.region}/resident/services/training`)
    await press(button(page, '报名'))
    await page.getByText('报名成功，请按时到课。').waitFor()
    await shoot(page, picture('01-enrolled'))
    const certified = await resident(story, desk.region, '示例·辞职')
    await certified.goto(`/${desk.region}/resident/services/training`)
    await press(button(certified, '报名'))
    await certified.getByText('您已有该职业同等级或更高的证书').waitFor()
  })

  it('C8.08: the institution sees who comes; wrong numbers, times and days are said by field or by row', async () => {
    const page = await atClass('SJZ-YL-001')
    await page.getByRole('cell', { name: trainee }).waitFor()
    await enter(page.getByLabel('身份证号码'), '123')
    await press(button(page, '代为报名'))
    await page.getByRole('alert').first().waitFor()
    await supply(page.locator('input[type=file]').first(), list(['证件号码'], ['130102199001010000']))
    await page.getByText('第 2 行“证件号码”：应为正确的 18 位身份证号码').waitFor()
    await shoot(page, picture('02-trainees'))
    await press(page.getByRole('tab', { name: '教师和课表' }))
    await page.getByRole('cell', { name: '示例·技师' }).first().waitFor()
    const hours = list(['日期', '开始', '结束', '教师证件号码', '内容'], ['2026-05-25', '18:00', '17:00', '', '复习'])
    await supply(page.locator('input[type=file]').last(), hours)
    await page.getByText('应为晚于开始的时间').waitFor()
    await press(button(page, '取消这节课').last())
    await enter(page.getByLabel('理由'), '教室停电')
    await press(button(page, '取消这节课').last())
    await page.getByText('已取消：教室停电').waitFor()
    await shoot(page, picture('03-timetable'))
  })

  it('C8.04: attendance that was reported wrongly is corrected on record, before the subsidy is claimed', async () => {
    const page = await atClass(classNumber)
    await press(page.getByRole('tab', { name: '考勤' }))
    await press(button(page, '更正').first())
    await choose(page.getByRole('radio', { name: '到课，时间有误' }))
    await enter(page.getByLabel('签到'), '09:05')
    await enter(page.getByLabel('签退'), '09:00')
    await enter(page.getByLabel('理由'), '考勤机时间不准')
    await press(button(page.getByRole('form').or(page.locator('form')), '更正'))
    await page.getByRole('alert').first().waitFor()
    await enter(page.getByLabel('签退'), '16:55')
    await press(button(page.locator('form'), '更正'))
    await page.getByText('已更正，不计：考勤机时间不准').waitFor()
    await shoot(page, picture('04-corrected'))
  })

  it('C8.04: the class is claimed by its number, three officers look at it, and the bank pays', async () => {
    const page = await officer(story, desk.region, 'he-care-home-officer', '/benefits/training-claim')
    await enter(page.getByLabel('申领哪个班的补贴？填班号'), classNumber)
    await press(button(page, '预判'))
    await page.getByText('按规定，现在看结果是').waitFor()
    await shoot(page, picture('05-claim'))
    await press(button(page, '提交申请'))
    await page.waitForURL(/\/cases\/[^?]+/)
    await approveApplication(story, desk, caseIdOf(page))
    const batchId = await sendBatch(story, desk, '职业培训补贴（按班申领）支付批次')
    await recordAnswers(await importAnswers(story, desk, batchId, ['成功,']))
  })

  it('C8-t2: the records are compared again; the inspector opens a case on what was found and establishes it', async () => {
    const page = await officer(story, desk.region, 'shijiazhuang-supervisor', '/training/findings')
    await press(button(page, '立即比对'))
    await page.getByText('同一人同时在两个班签到').first().waitFor()
    await shoot(page, picture('06-findings'))
    await press(
      page
        .getByRole('row', { name: new RegExp(`${classNumber}.*同一人同时`) })
        .first()
        .getByRole('button'),
    )
    await page.waitForURL(/\/cases\//)
    caseId = caseIdOf(page)
    await press(page.getByRole('switch', { name: '冒领补贴' }))
    await enter(page.getByLabel('查明的事实'), '两人同时在另一个班签到，监控未见本人')
    await press(page.getByRole('switch', { name: '全班学员不予认定' }))
    await shoot(page, picture('07-investigate'))
    await press(button(page, '提交'))
    await untilDone(page, '调查并告知')
  })

  it('C8.06: the institution is heard, the rule proposes, another officer decides, and the money is claimed back', async () => {
    const heard = await atCase(story, desk.region, 'he-care-home-officer', caseId)
    await submitStep(heard, { fields: { 机构陈述申辩: '考勤由外包公司代管，愿意配合整改' } })
    await untilDone(heard, '陈述申辩')
    const inspector = await atCase(story, desk.region, 'shijiazhuang-supervisor', caseId)
    await inspector.getByText('规则建议已勾选').waitFor()
    await submitStep(inspector, { fields: { 理由: '按建议处理' } })
    await untilDone(inspector, '提出处理意见')
    const approver = await atCase(story, desk.region, 'shijiazhuang-approve', caseId)
    await submitStep(approver, { choices: ['同意'], fields: { 意见: '同意' } })
    await untilDone(approver, '审批处理决定')
    await shoot(approver, picture('08-sanctioned'))
    await shoot(await balancedBooks(story, desk.region, 'hebei-supervisor'), picture('09-books'))
    const institution = await officer(story, desk.region, 'he-care-home-officer', '/training/institution')
    await institution.getByText('追回补贴资金').waitFor()
    await shoot(institution, picture('10-institution'))
  })
})
