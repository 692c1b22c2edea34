import type { BothLanguages } from '../../kit/door.ts'

/** What each page of the residents' portal is for, in plain words, in the order of the menu. */
export const helpOfPages: ReadonlyArray<{ path: string; title: BothLanguages; text: BothLanguages }> = [
  {
    path: '/',
    title: { zh: '首页', en: 'Home' },
    text: {
      zh: '先看这里：等您办的事、新通知、正在办的事。没有要办的，就什么也不用做。',
      en: 'Look here first: what waits for you, new notices, what is in progress. Where nothing waits, you need do nothing.',
    },
  },
  {
    path: '/services',
    title: { zh: '办事', en: 'Services' },
    text: {
      zh: '要办一件事，在这里找。打汉字、拼音或首字母都行，打错一点也能找到。',
      en: 'Find here what you want to do. By name, pinyin or initials; a slip does no harm.',
    },
  },
  {
    path: '/entitlements',
    title: { zh: '我能享受什么', en: 'What can I get?' },
    text: {
      zh: '不知道自己能领什么，就答几个问题。系统里有的不再问您。',
      en: 'If you do not know what is for you, answer a few questions. What the registers know is not asked.',
    },
  },
  {
    path: '/card',
    title: { zh: '我的卡', en: 'My card' },
    text: {
      zh: '看病、办事时出示电子社保卡；卡丢了马上在这里挂失，找到了再解除。',
      en: 'Show the e-card to hospitals and counters; report a lost card at once, and say so when it turns up.',
    },
  },
  {
    path: '/cases',
    title: { zh: '办件', en: 'My cases' },
    text: {
      zh: '每件事办到哪一步、最迟哪天办好、结果是什么、不同意怎么办，都在这里。',
      en: 'How far each matter is, by when it is done, what came of it, and what to do if you disagree.',
    },
  },
  {
    path: '/notices',
    title: { zh: '我的通知', en: 'My notices' },
    text: { zh: '发给您的每一条通知，点“知道了”就算看过。', en: 'Every notice to you; a touch says that you read it.' },
  },
  {
    path: '/me',
    title: { zh: '我的', en: 'Me' },
    text: {
      zh: '系统里登记的您的情况：身份、参保、经办机构。',
      en: 'What is on record of you: identity, insurance, agency.',
    },
  },
  {
    path: '/me/certificates',
    title: { zh: '我的证明', en: 'My certificates' },
    text: {
      zh: '开过的证明可以再下载。上面的码谁都能查真假。',
      en: 'Download papers again. Anybody can check them by their code.',
    },
  },
  {
    path: '/me/access-log',
    title: { zh: '谁查看过我的信息', en: 'Who looked at my data' },
    text: {
      zh: '谁、什么时候、为什么看过您的信息，家人代您看的也写明是谁。',
      en: 'Who looked at your data, when and why; also which relative did so for you.',
    },
  },
  {
    path: '/me/proxies',
    title: { zh: '亲友代办', en: 'Acting for a relative' },
    text: {
      zh: '让家人替您办，或者替家人办。办什么、到哪天，您说了算，随时收回。',
      en: 'Let a relative act for you, or act for one. You choose what and until when, and withdraw it at any time.',
    },
  },
  {
    path: '/me/security',
    title: { zh: '登录与安全', en: 'Sign-in and security' },
    text: {
      zh: '改用指纹、面容或安全密钥登录，看最近的登录。',
      en: 'Sign in by fingerprint, face or key; see the last sign-ins.',
    },
  },
]

/** What people ask most. */
export const helpOfQuestions: ReadonlyArray<{ title: BothLanguages; text: BothLanguages }> = [
  {
    title: { zh: '字太小，看不清', en: 'The letters are too small' },
    text: { zh: '按页面最上面的“大字版”。', en: 'Press "Large type" at the top of the page.' },
  },
  {
    title: { zh: '没有网络', en: 'There is no connection' },
    text: {
      zh: '可以接着看和填写，连上网再提交。按了两次也只办一次。',
      en: 'Go on reading and filling in, and send once you are connected. Pressed twice, it is still done once.',
    },
  },
  {
    title: { zh: '填到一半要离开', en: 'I have to leave halfway' },
    text: {
      zh: '长时间不动会退出登录，重新登录后接着填。公用电脑用完请退出。',
      en: 'After a while you are signed out; sign in again and go on. Sign out on a computer that others use.',
    },
  },
  {
    title: { zh: '不同意结果', en: 'I disagree with a decision' },
    text: {
      zh: '打开那件办件，结果下面写着怎样申请复议、最晚哪天。也可以拨打 12333。',
      en: 'Open the case: below the decision it says how to ask for reconsideration, and until when. Or call 12333.',
    },
  },
  {
    title: { zh: '有人自称工作人员要验证码、要转账', en: 'Somebody asks for a code or a transfer' },
    text: {
      zh: '不要给，也不要转。工作人员不会要您的密码、验证码。马上拨打 12333 核实。',
      en: 'Give nothing, transfer nothing. No officer asks for your password or a code. Call 12333 and check.',
    },
  },
]
