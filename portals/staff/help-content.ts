import type { BothLanguages } from '../../kit/door.ts'

/** What each page of the staff's portal is for, in plain words, by its address. Pages of services say it by their titles and their own fields. */
export const helpOfPages: Readonly<Record<string, BothLanguages>> = {
  '/tasks': {
    zh: '本岗位要办的件，先到期、风险高的排在前面。按 N 领办下一件；点开一行看申请、登记和规则判定，再决定。',
    en: 'What lies on the desk of your post, first due and riskiest first. N takes up the next; open a row to see application, registers and ruling, then decide.',
  },
  '/overview': {
    zh: '辖区办了多少、多快、多少钱；每个数字都能点到具体的办件，再点到谁看过。',
    en: 'How much your agency did, how fast, for how much; each number leads to its cases, and a case to who looked.',
  },
  '/cases': {
    zh: '按编号、事项、状态、日期查办件。只能查到本机构范围内的。',
    en: 'Find a case by number, matter, status or date. You find those of your own agency.',
  },
  '/employer': {
    zh: '本单位的登记、可申请的待遇和办件。',
    en: 'What is on record of your employer, what it can apply for, its cases.',
  },
  '/benefits': {
    zh: '来人在窗口，替他申请待遇：先查人，系统知道的自动带出，发送前先看规则怎么说。',
    en: 'Somebody at the counter applies: find the person, what the registers know is filled in, and the rule answers before you send.',
  },
  '/benefit-payments': {
    zh: '把审定的钱编成批次，由另一人审批，导出银行文件，登记每笔结果。',
    en: 'Put what was granted into a batch, have another approve it, export the file for the bank, record each result.',
  },
  '/benefit-rounds': {
    zh: '免申即享：规则找出该享受的人，核对后发放；参数改了，重算受影响的件。',
    en: 'Grants without an application: the rule finds who is due; and what was decided is decided again where a value changed.',
  },
  '/people': {
    zh: '按姓名、身份证号或卡号找人。每次查看都留痕，本人能看到是哪个岗位、为什么看。',
    en: 'Find a person by name, identity or card number. Each look is kept, and the person sees which post looked, and why.',
  },
  '/certificates': {
    zh: '开出去的证明：查、重打、有错的撤销。',
    en: 'Papers that were issued: find them, and withdraw a wrong one.',
  },
  '/institutions': {
    zh: '协议机构和协议内容、有效期。',
    en: 'Institutions with agreements, what these cover, until when.',
  },
  '/catalogue': {
    zh: '项目、药品、康复、器具和服务标准，以及支付限额。',
    en: 'Items, drugs, devices and standards, and up to what a fund pays.',
  },
  '/mappings': {
    zh: '本地编码对国家编码：没有对上的先在这里对。',
    en: 'Local codes against national ones; map here what is not mapped.',
  },
  '/documents': {
    zh: '公报和期刊的原文，可按词查到段落。',
    en: 'The text of bulletins and magazines, found by words, down to the paragraph.',
  },
  '/named-documents': {
    zh: '规则引用的政策文件，每条标明出处。',
    en: 'The policy documents that rules stand on, each with its source.',
  },
  '/targets': { zh: '年度目标、完成数和公布的数据。', en: 'Targets of the year, what was reached, published figures.' },
  '/lists': {
    zh: '成批维护的清单：下载、改、再导入；错在哪一行哪一列会写明。服务窗口的地址和时间也在这里。',
    en: 'Lists kept as files: download, change, import again; each mistake is told by row and column. Addresses and hours of counters are here too.',
  },
  '/books': {
    zh: '基金的账户和余额，点开看每一笔。',
    en: 'Accounts and balances of the funds; open one for each entry.',
  },
  '/exchange': {
    zh: '与外省来往的报文：等待的、失败的、密钥。',
    en: 'Messages with other regions: what waits, what failed, keys.',
  },
  '/values': {
    zh: '政策里的数：谁提出、依据什么、从哪天起；提出的人不能自己批准。',
    en: 'The figures of policies: who proposed them, on what, from when; nobody approves their own.',
  },
  '/assignments': {
    zh: '开账号、给岗位、收岗位；互相排斥的岗位给不了同一个人。',
    en: 'Accounts and posts; posts that exclude each other go to different people.',
  },
  '/security': { zh: '怎样登录、最近的登录。', en: 'How you sign in, and the last sign-ins.' },
  '/outbox': {
    zh: '没有网络时填的表，连上后自动发送；没送达的列在这里。',
    en: 'Forms filled in without a connection; they are sent by themselves, and what was not received stands here.',
  },
}

/** How to work with the pages, whatever the post. */
export const helpOfWork: ReadonlyArray<{ title: BothLanguages; text: BothLanguages }> = [
  {
    title: { zh: '换岗位', en: 'Another post' },
    text: {
      zh: '页面最上面的下拉框。菜单和能做的事都随岗位变。',
      en: 'The list in the head of the page. Menu and rights follow the post.',
    },
  },
  {
    title: { zh: '键盘', en: 'Keys' },
    text: {
      zh: 'Ctrl+K 找页面或办件编号；待办里 N 领下一件，/ 查找；Tab 走到下一处，回车确定，Esc 关上。',
      en: 'Ctrl+K finds a page or a case number; among tasks N takes up the next and / finds; Tab goes on, Enter confirms, Esc closes.',
    },
  },
  {
    title: { zh: '规则不同意', en: 'The rule refuses' },
    text: {
      zh: '看条款和“怎样才能”，再核对事实。事实错了先改登记，不要为了通过改申请。',
      en: 'Read the clause and what would help, then check the facts. Correct the register where it is wrong; do not bend the application.',
    },
  },
  {
    title: { zh: '替别人办', en: 'Acting for somebody' },
    text: {
      zh: '人员页“代办授权”里登记：两人的身份证、依据、范围、到哪天。本人随时能收回。',
      en: 'Record it on the page of the person, under authorities: both identity cards, the evidence, how far, until when. The person can withdraw it at any time.',
    },
  },
  {
    title: { zh: '不能自己复核自己', en: 'Not your own check' },
    text: {
      zh: '受理的人不能复核同一件。请同岗位的同事办，或转交。',
      en: 'Who accepted a case does not review it. Let a colleague do so, or hand it over.',
    },
  },
  {
    title: { zh: '系统不能用', en: 'The system does not work' },
    text: {
      zh: '没有网络时照常填表，恢复后自动发送，不会办两次。一直不行，记下时间和页面，报系统管理员。',
      en: 'Without a connection go on filling in; it is sent later, and done once. If it lasts, note time and page and tell the administrator.',
    },
  },
]
