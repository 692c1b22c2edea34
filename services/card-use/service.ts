import { defineService } from '../contract.ts'
import { chart } from './books.ts'
import { cardUseRoutes } from './routes.ts'
import { seed } from './seed.ts'
import { settlementFlow } from './settlement.ts'

/** Using the card and the e-card in six fields (B4.01), and paying with it within limits (B1.06). */
export const service = defineService({
  id: 'card-use',
  title: { zh: '社会保障卡用卡与支付', en: 'Using and paying with the card' },
  summary: {
    zh: '持社保卡或电子社保卡二维码购票入园、乘公交、挂号就诊购药、办事、查待遇、购物缴费，限额内支付，挂失即停。',
    en: 'Tickets, buses, hospital, services, benefits, shopping and bills with the card or its QR code; limits hold, a lost card stops at once.',
  },
  itemCode: 'TB-HB-0002',
  keywords: {
    zh: ['坐公交', '乘车', '景区', '图书馆', '借书', '看病付钱', '老年卡', '社保卡支付'],
    en: ['bus', 'library', 'pay', 'seniors'],
  },
  maturity: 'easy_to_do',
  folder: new URL('./', import.meta.url),
  create: (tools) => ({
    flows: [settlementFlow(tools)],
    messages: [],
    routes: cardUseRoutes(tools),
    chart,
    seed: (world) => seed(tools, world),
  }),
})
