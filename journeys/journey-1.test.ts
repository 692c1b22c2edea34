import { describe, expect, it } from 'vitest'
import { balancedBooks, closingOf } from './books.ts'
import { button, caseIdOf, shoot } from './browser.ts'
import { admit, atStay, importAndPreview, payBatch, payHospital, settle } from './hospitals.ts'
import { enter, pickRegion, press } from './keyboard.ts'
import { atCase, officer, payClaim, submitStep, untilDone } from './officers.ts'
import { answerFiling, readECardCode, resident, sendFiling, supplyReceipts } from './residents.ts'
import { tellStory } from './story.ts'

// Insured in Nanjing, eight months in Urumqi: from the filing on her phone to the money between the regions.

const story = tellStory('journey-1')
const home = '320000'
const host = '650000'
const hospital = { region: host, login: 'urumqi-hospital-office' }
const liNa = '示例·李娜'
let filingId = ''
let stayId = ''
let claimId = ''

const picture = (name: string) => `journey-1/${name}`

describe('journey 1: insured in Nanjing, treated in Urumqi', () => {
  it('she files on her phone and reads what the rule says before she sends it', async () => {
    const page = await resident(story, home, liNa)
    await answerFiling(page, home, {
      why: '异地长期居住',
      province: '新疆维吾尔自治区',
      city: '乌鲁木齐市',
      since: '2025-09-01',
      proof: /^我没有材料/,
    })
    await page.getByText('符合规定，可以办理').waitFor()
    await shoot(page, picture('01-rule-before-sending'))
    filingId = await sendFiling(page)
    await page.getByText('待审核').first().waitFor()
    await shoot(page, picture('02-sent'))
  })

  it('B3.09: an officer accepts after a risk warning', async () => {
    const page = await officer(story, home, 'nanjing-accept')
    await press(page.locator(`a[href$="/cases/${filingId}"]`))
    await press(button(page, '提交'))
    await page.getByText('提交前的风险提示').waitFor()
    await page.getByText('以书面承诺代替居住证明').first().waitFor()
    await shoot(page, picture('03-risk-warning'))
    await press(page.getByRole('button', { name: '已知悉，提交' }))
    await untilDone(page, '受理')
  })

  it('B3.11: the same officer cannot review, nor be given both posts', async () => {
    const page = await atCase(story, home, 'nanjing-accept', filingId)
    await page.getByText('本件现由“复核”岗位办理').waitFor()
    await shoot(page, picture('04-not-the-same-officer'))
    expect(await button(page, '提交').count()).toBe(0)

    const admin = await officer(story, home, 'nanjing-permission-admin', '/assignments')
    await enter(admin.getByLabel('按登录名查找'), 'nanjing-accept')
    await admin.keyboard.press('Enter')
    await press(
      admin
        .getByRole('row')
        .filter({ has: admin.getByText('nanjing-accept', { exact: true }) })
        .getByRole('button'),
    )
    const give = admin.locator('.ant-card', { hasText: '授予岗位' }).last()
    await enter(give.getByRole('combobox').first(), '复核')
    await press(admin.locator('.ant-select-item-option').filter({ hasText: '复核' }).first())
    await admin.getByText('授予会被拒绝').waitFor()
    await pickRegion(give.getByRole('combobox').nth(1), '江苏省', '南京市')
    await press(button(give, '提交'))
    await admin.getByText(/互斥，一人不得兼任/).waitFor()
    await admin.getByText(/依据: 岗位权限互斥机制.*B3\.11/).waitFor()
    await shoot(admin, picture('05-exclusive-posts'))
  })

  it('another officer reviews, and the filing takes effect', async () => {
    const page = await atCase(story, home, 'nanjing-review', filingId)
    await submitStep(page, { choices: ['通过'], fields: { 意见: '符合规定' } })
    await untilDone(page, '复核')
    await shoot(page, picture('06-effective'))
    const own = await resident(story, home, liNa)
    await own.goto(`/${home}/resident/cases/${filingId}`)
    await own.getByText('已生效').first().waitFor()
    await shoot(own, picture('07-effective-on-her-phone'))
  })

  it('A1.05: the hospital admits her by the code on her phone, and waits for Nanjing to say yes', async () => {
    const own = await resident(story, home, liNa)
    const code = await readECardCode(own, home)
    await shoot(own, picture('08-e-card'))
    const page = await admit(story, hospital, { code })
    stayId = caseIdOf(page)
    await page.getByText('在院', { exact: true }).first().waitFor()
    await page.getByText('规则判定：符合').waitFor()
    await shoot(page, picture('09-admitted'))
  })

  it('A1.14: of a bill of 40,000.00 the page says line by line who pays what, and why', async () => {
    await story.product.moveTo('2026-05-31')
    const page = await atStay(story, hospital, stayId)
    await importAndPreview(page, 'urumqi-40000.csv', 26)
    for (const amount of ['40,000.00', '36,000.00', '4,000.00', '3,000.00', '400.00', '600.00']) {
      await page.locator('.ant-statistic').getByText(amount, { exact: true }).waitFor()
    }
    const reasons = { 进口锁定钢板: '目录外自费', 双人间床位: '超限价', 动态心电图: '与工伤无关' }
    for (const [item, reason] of Object.entries(reasons)) {
      await page.getByRole('row').filter({ hasText: item }).getByText(reason).waitFor()
    }
    await shoot(page, picture('10-preview'))
    await press(page.getByRole('link', { name: '打印结算单' }))
    await page.getByText('本人（或代办人）签字').waitFor()
    await shoot(page, picture('11-slip'))
  })

  it('A1-t5: she pays 4,000.00 at discharge and reads why; a claim of 600.00 is open for her', async () => {
    const page = await atStay(story, hospital, stayId)
    await settle(page, { on: '2026-05-31' })
    await shoot(page, picture('12-settled'))

    const own = await resident(story, home, liNa)
    await own.goto(`/${home}/resident`)
    await own
      .getByRole('link', { name: /工伤保险基金支付|36,000\.00/ })
      .first()
      .waitFor()
    await shoot(own, picture('13-her-home'))
    await press(own.locator('a', { hasText: '36,000.00' }).first())
    await own.getByText('您支付 3,000.00 元，因为这一项不在就医地的工伤保险目录内').waitFor()
    await own.getByText('您支付 400.00 元，因为超过了限价 1,400.00 元，超出部分自付').waitFor()
    await own.getByText('您支付 600.00 元，因为这一项不是治疗这次工伤的，工伤保险不支付').waitFor()
    await shoot(own, picture('14-line-by-line'))
    await press(own.getByRole('link', { name: /伙食补助等可以报销/ }))
    await own.getByText('600.00').first().waitFor()
    claimId = caseIdOf(own)
    await shoot(own, picture('15-claim'))
  })

  it('A1.18: the claim of 600.00 goes from her account number to its payment through four hands', async () => {
    const own = await resident(story, home, liNa)
    await supplyReceipts(own, [])
    await own.getByText('待受理').first().waitFor()
    await payClaim(story, home, 'nanjing', claimId)
    await own.reload()
    await own.getByText('已支付').first().waitFor()
    await shoot(own, picture('16-claim-paid'))
  })

  it('A1-o8: the hospital is reconciled, audited and paid by a batch that two officers see', async () => {
    await payHospital(story, { hospital, title: '乌鲁木齐示例医院', agency: 'urumqi', stayId })
    await story.product.moveTo('2026-06-12')
    const page = await payBatch(story, host, 'urumqi')
    await shoot(page, picture('17-paid-batch'))
  })

  it('A1-o8: the quarter’s statement owes exactly 36,000.00, and Jiangsu pays it', async () => {
    await story.product.moveTo('2026-07-02')
    const hub = await officer(story, '000000', 'hub-clerk', '/work-injury/clearing')
    const row = hub.getByRole('row').filter({ hasText: '2026-Q2' }).filter({ hasText: '36,000.00' })
    await shoot(hub, picture('18-statements'))
    await press(row.getByRole('link').first())
    await press(button(hub, '出具清算通知'))
    await untilDone(hub, '出具清算通知')
    await shoot(hub, picture('19-statement'))

    const pay = await officer(story, home, 'jiangsu-pay', '/work-injury/clearing')
    await press(
      pay.getByRole('row').filter({ hasText: '2026-Q2' }).filter({ hasText: '36,000.00' }).getByRole('link').first(),
    )
    await press(button(pay, '从财政专户支付'))
    await untilDone(pay, '支付清算款')
    await shoot(pay, picture('20-jiangsu-paid'))
  })

  it('A1.21: the supervisor of Xinjiang sees all of it, and the books of both regions balance', async () => {
    const page = await officer(story, host, 'xinjiang-supervisor', '/work-injury/overview')
    await page.getByText('出院到拨付的天数').first().waitFor()
    await shoot(page, picture('21-overview'))
    await page.goto(`/${host}/staff/work-injury/settlements`)
    await page.getByRole('row').filter({ hasText: '40,000.00' }).getByText('已拨付').waitFor()
    await shoot(page, picture('22-settlements'))
    await press(page.getByRole('row').filter({ hasText: '40,000.00' }).getByRole('link'))
    await page.getByText('已清算').first().waitFor()
    await shoot(page, picture('23-stay-cleared'))
    const owed = { [host]: '应收参保地 · 江苏省', [home]: '应付就医地 · 新疆维吾尔自治区' }
    for (const [region, login] of [
      [host, 'xinjiang-supervisor'],
      [home, 'jiangsu-supervisor'],
    ] as const) {
      const books = await balancedBooks(story, region, login)
      expect(await closingOf(books, owed[region])).toBe('0.00')
      await shoot(books, picture(`24-books-${region}`))
    }
  })
})
