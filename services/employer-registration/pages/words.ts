import { defineWords } from '../../../kit/door.ts'

/** The words of the pages of an employer's registration. */
export const words = defineWords({
  title: { zh: '用人单位参保登记', en: 'Registration of employers' },
  summary: {
    zh: '只填统一社会信用代码：名称、地址和行业取自市场监管部门共享数据；查不到的转人工核实。',
    en: 'Only the credit code is typed: name, place and industry come from shared data; who is not found there is checked by people.',
  },
  creditCode: { zh: '统一社会信用代码', en: 'Unified credit code' },
  name: { zh: '单位名称', en: 'Name of the employer' },
  place: { zh: '注册地', en: 'Where it is established' },
  industry: { zh: '行业', en: 'Industry' },
  hazardous_chemicals: { zh: '危险化学品', en: 'Hazardous chemicals' },
  mining: { zh: '矿山', en: 'Mining' },
  construction: { zh: '建筑施工', en: 'Construction' },
  transport: { zh: '交通运输', en: 'Transport' },
  machinery: { zh: '机械制造', en: 'Machinery' },
  other: { zh: '其他', en: 'Other' },
  outcome: { zh: '核实结论', en: 'What the papers show' },
  registered: { zh: '予以登记', en: 'Register' },
  refused: { zh: '不予登记', en: 'Do not register' },
  opinion: { zh: '核实意见', en: 'Opinion' },
})
