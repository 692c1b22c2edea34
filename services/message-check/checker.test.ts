import { describe, expect, it } from 'vitest'
import { checkMessage } from './checker.ts'
import { readSignData } from './sign-data.ts'

const data = readSignData()
const check = (message: string) => checkMessage(message, data, { firstMonth: 3, lastMonth: 6 })
const signsIn = (message: string) => check(message).signs.map(({ sign }) => sign)

// Own wording after the message that the article tells of; the name and the addresses are made up.
const fakeNotice = [
  '各位员工：请于2023年11月7日至12月30日期间办理工资薪金个人综合所得税汇算，退税金额按您近三年所缴税款总额的70%来计算。',
  '依据《关于办理2022年度个人所得税综合所得汇算清缴事项的公告》（国税发〔2023〕10号），请使用支付宝或微信扫描下方二维码，进入线上税务大厅申报。',
  '进入中华人民共和国财政部的链接后，填写姓名、身份证号、银行卡号、预留手机号、卡内资金。',
  '为确保您的个人征信不受影响，请尽早办理，以免延误。',
].join('\n')

describe('M3-t1: the fake message of the article', () => {
  it('shows at least six signs, each with the words that show it', () => {
    const { signs } = check(fakeNotice)
    expect(signs.map(({ sign }) => sign).sort()).toEqual([
      'authority_link_mismatch',
      'card_and_balance',
      'credit_threat',
      'percentage_refund',
      'qr_code',
      'window_outside',
      'wrong_document_number',
    ])
    const shown = signs.flatMap(({ places }) => places.map(({ from, to }) => fakeNotice.slice(from, to)))
    expect(shown).toContain('退税金额按您近三年所缴税款总额的70%')
    expect(shown).toContain('国税发〔2023〕10号')
    expect(shown).toContain('征信不受影响')
  })
})

describe('M3.01: each sign, and none where there is none', () => {
  it.each([
    ['percentage_refund', '您可申请退还已缴个税的百分之七十'],
    ['percentage_refund', '内部通道，个税返还七成'],
    ['percentage_refund', '已缴税款的70%可以退回'],
    ['window_outside', '个税汇算将于12月30日前截止，请抓紧'],
    ['window_outside', '2023年7月1日至9月30日可补办退税'],
    ['wrong_document_number', '按国家税务总局公告2023年第10号办理汇算'],
    ['qr_code', '请长按识别二维码登记'],
    ['qr_code', '扫码即可办理退税'],
    ['authority_link_mismatch', '税务局提醒：请登录 www.chinatax-gov.cn.example.com 领取退税'],
    ['authority_link_mismatch', '国家税务总局 http://tax-refund.example.net/a?b=1'],
    ['card_and_balance', '请填写银行卡号及账户余额以便核实'],
    ['verification_code', '请将收到的验证码发给客服核对身份'],
    ['verification_code', '回复本短信并提供验证码'],
    ['credit_threat', '逾期不办将影响您的征信'],
    ['manual_refund', 'App系统故障，需为您人工退税'],
    ['transfer_money', '请先缴纳保证金，再为您退税'],
    ['transfer_money', '请把款项转账至以下账户配合核查'],
    ['chat_program', '请添加微信 tax12366 由专员办理'],
    ['chat_program', '我是客服，请下载会议软件并开启屏幕共享'],
    ['audit_list', '您已被列入本次税务稽查的名单'],
  ])('%s: %s', (sign, message) => {
    expect(signsIn(message)).toContain(sign)
  })

  it.each([
    [
      'M3-t1: the reminder of the tax authority',
      '国家税务总局提醒您：2022年度个人所得税综合所得汇算已开始，请于2023年3月1日至6月30日登录个人所得税App办理。如有疑问请拨打12366。',
    ],
    [
      'the right notice',
      '根据国家税务总局公告2023年第3号，居民个人需要汇总2022年1月1日至12月31日取得的综合所得办理汇算，多退少补。',
    ],
    ['an appointment before March', '2月21日至3月20日可在个人所得税App预约办理汇算的时间。'],
    ['a warning against codes', '税务机关不会以任何理由索要您的银行卡号、卡内余额和验证码，谨防诈骗。'],
    ['a warning against QR codes', '请勿扫描来历不明的二维码，勿点击陌生链接。'],
    ['a warning against list calls', '警惕“您已列入稽查名单”的电话，请勿转账至陌生账户。'],
    ['a code with its caution', '【个人所得税】您的验证码为123456，请勿告知他人。'],
    ['where a refund arrives', '您的退税申请已审核通过，税款将退至您本人在App中选择的银行卡。'],
    ['a site of its own', '请登录自然人电子税务局网站 https://etax.chinatax.gov.cn 办理，税务机关不收取任何费用。'],
    ['the rates of the law', '综合所得适用百分之三至百分之四十五的超额累进税率。'],
    ['deductions of the next year', '请在12月31日前确认2024年度专项附加扣除。'],
    ['the credit for taxes', '未依法办理汇算补税的，将记入纳税信用记录并影响相关事项。'],
    ['an official account', '更多说明请关注税务局微信公众号。'],
    ['a message of a friend', '今晚一起吃饭吗？我加你微信群的朋友也来，AA每人70元。'],
    ['an e-mail address', '如需帮助请写信至 help@example.com，社保局将在五个工作日内答复。'],
  ])('none in %s', (_, message) => {
    expect(signsIn(message)).toEqual([])
  })
})

describe('M3.01: however it is written', () => {
  it.each([
    ['spaces', '请 扫 描 下 方 二 维 码 办 理', 'qr_code'],
    ['line breaks', '请把收到的验\n证\n码发给客服', 'verification_code'],
    ['full width', '个税可退７０％', 'percentage_refund'],
    ['traditional characters', '請掃描下方二維碼申報', 'qr_code'],
    ['traditional characters, credit', '以免影響您的個人徵信', 'credit_threat'],
    ['dots between', '人·工·退·税', 'manual_refund'],
    ['stars and hyphens', '人*工-退_税', 'manual_refund'],
    ['zero-width marks', '人\u200B工\u200B退\u200B税', 'manual_refund'],
    ['pictures between', '人🔥工🔥退💰税', 'manual_refund'],
    ['a katakana for a character', '请扫描下方ニ维码', 'qr_code'],
    ['Cyrillic letters in a link', '税务局 httрs://tаx.exаmple.соm/refund', 'authority_link_mismatch'],
    ['another word for the chat', '请添加薇信办理', 'chat_program'],
  ])('%s', (_, message, sign) => {
    expect(signsIn(message)).toContain(sign)
  })

  it('a warning in the line before does not excuse the line after', () => {
    expect(signsIn('谨防诈骗\n请扫描下方二维码办理退税')).toContain('qr_code')
  })

  it('tells the words as they were pasted', () => {
    const message = '個稅 可退 ７０％ 哦'
    expect(check(message).signs.flatMap(({ places }) => places.map(({ from, to }) => message.slice(from, to)))).toEqual(
      ['退 ７０％'],
    )
  })

  it('the patterns stay fast on long and hostile text', () => {
    for (const piece of ['退', '税务局请扫', '1', 'a.', '加微信', '请转']) {
      expect(check(piece.repeat(5_000 / piece.length)).signs.length).toBeLessThan(13)
    }
  })
})
