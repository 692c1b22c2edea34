import * as listed from 'virtual:service-pages/staff'
import type { ComponentType } from 'react'
import {
  type BothLanguages,
  casePartsOf,
  defineWords,
  fetchedPart,
  matchPath,
  type Route,
  type ServicePage,
  securityWords,
  servicePagesOf,
} from '../../kit/door.ts'
import type { MenuGroup } from './menu.tsx'

const groups = defineWords({
  cases: { zh: '办件', en: 'Cases' },
  services: { zh: '业务', en: 'Services' },
  registers: { zh: '人员与登记簿', en: 'People and registers' },
  books: { zh: '账务与交换', en: 'Books and exchange' },
  administration: { zh: '管理', en: 'Administration' },
})

type Group = keyof typeof groups
const groupNames: readonly Group[] = ['cases', 'services', 'registers', 'books', 'administration']
type OwnPage = ServicePage & { group: Group }

type AnyPage = ComponentType<{ params: Record<string, string> }>

/** A page whose code is loaded when it is first shown. */
function later<Name extends string>(load: () => Promise<{ [Key in Name]: AnyPage }>, name: Name) {
  return fetchedPart(async () => (await load())[name])
}

const counter = ['accept', 'review', 'approve', 'pay', 'audit']
const overseeing = ['supervisor', 'control']
/** Posts of a village counter and of the township's station. */
const villages = ['village_operator', 'township_checker']
const agency = [...counter, ...overseeing]
const everybody = [
  ...agency,
  'hub_clerk',
  'catalogue_admin',
  'values_admin',
  'permission_admin',
  'hospital_office',
  'bank_officer',
  'employer_officer',
  ...villages,
]

const ownPages: OwnPage[] = [
  {
    id: 'tasks',
    group: 'cases',
    title: { zh: '待办', en: 'Tasks' },
    roles: [...counter, 'hub_clerk', 'bank_officer', 'township_checker'],
    order: 1,
    path: '/tasks',
    Component: later(() => import('./tasks-page.tsx'), 'TasksPage'),
  },
  {
    id: 'overview',
    group: 'cases',
    title: { zh: '监管总览', en: 'Overview' },
    roles: overseeing,
    order: 1,
    path: '/overview',
    Component: later(() => import('./overview-page.tsx'), 'OverviewPage'),
  },
  {
    id: 'cases',
    group: 'cases',
    title: { zh: '办件查询', en: 'Find a case' },
    roles: [...agency, 'hub_clerk', 'hospital_office', 'bank_officer', 'employer_officer', ...villages],
    order: 2,
    path: '/cases',
    Component: later(() => import('./cases-page.tsx'), 'CasesPage'),
  },
  {
    id: 'case',
    group: 'cases',
    title: { zh: '办件', en: 'Case' },
    roles: everybody,
    order: 3,
    path: '/cases/:caseId',
    Component: later(() => import('./case-page.tsx'), 'CasePage'),
  },
  {
    id: 'employer',
    group: 'services',
    title: { zh: '本单位', en: 'My employer' },
    roles: ['employer_officer'],
    order: 1,
    path: '/employer',
    Component: later(() => import('./benefit-employer-page.tsx'), 'BenefitEmployerPage'),
  },
  {
    id: 'benefits',
    group: 'services',
    title: { zh: '代为申请待遇', en: 'Apply for somebody' },
    roles: ['accept'],
    order: 1,
    path: '/benefits',
    Component: later(() => import('./benefit-list-page.tsx'), 'BenefitListPage'),
  },
  {
    id: 'benefit',
    group: 'services',
    title: { zh: '申请', en: 'Apply' },
    roles: ['accept', 'employer_officer'],
    order: 2,
    path: '/benefits/:flow',
    Component: later(() => import('./benefit-apply-page.tsx'), 'BenefitApplyPage'),
  },
  {
    id: 'benefit-payments',
    group: 'services',
    title: { zh: '待遇支付', en: 'Payment of benefits' },
    roles: ['pay', 'approve', 'audit', 'supervisor'],
    order: 3,
    path: '/benefit-payments',
    Component: later(() => import('./benefit-payments-page.tsx'), 'BenefitPaymentsPage'),
  },
  {
    id: 'benefit-rounds',
    group: 'services',
    title: { zh: '免申即享与重算', en: 'Rounds and revisions' },
    roles: ['review', 'approve', 'supervisor'],
    order: 4,
    path: '/benefit-rounds',
    Component: later(() => import('./benefit-rounds-page.tsx'), 'BenefitRoundsPage'),
  },
  {
    id: 'people',
    group: 'registers',
    title: { zh: '人员', en: 'People' },
    roles: agency,
    order: 1,
    path: '/people',
    Component: later(() => import('./people-page.tsx'), 'PeoplePage'),
  },
  {
    id: 'person',
    group: 'registers',
    title: { zh: '人员', en: 'Person' },
    roles: agency,
    order: 2,
    path: '/people/:personId',
    Component: later(() => import('./person-page.tsx'), 'PersonPage'),
  },
  {
    id: 'certificates',
    group: 'registers',
    title: { zh: '已开具的证明', en: 'Certificates issued' },
    roles: ['accept', 'review', 'approve', 'audit', 'supervisor'],
    order: 2,
    path: '/certificates',
    Component: later(() => import('./certificates-page.tsx'), 'CertificatesPage'),
  },
  {
    id: 'institutions',
    group: 'registers',
    title: { zh: '机构与协议', en: 'Institutions and agreements' },
    roles: everybody,
    order: 3,
    path: '/institutions',
    Component: later(() => import('./institutions-page.tsx'), 'InstitutionsPage'),
  },
  {
    id: 'catalogue',
    group: 'registers',
    title: { zh: '目录', en: 'Catalogue' },
    roles: everybody,
    order: 4,
    path: '/catalogue',
    Component: later(() => import('./catalogue-page.tsx'), 'CataloguePage'),
  },
  {
    id: 'mappings',
    group: 'registers',
    title: { zh: '三目对照', en: 'Code mappings' },
    roles: ['hospital_office', 'catalogue_admin', 'supervisor'],
    order: 5,
    path: '/mappings',
    Component: later(() => import('./mappings-page.tsx'), 'MappingsPage'),
  },
  {
    id: 'documents',
    group: 'registers',
    title: { zh: '文献', en: 'Documents' },
    roles: everybody,
    order: 6,
    path: '/documents',
    Component: later(() => import('./documents-page.tsx'), 'DocumentsPage'),
  },
  {
    id: 'document',
    group: 'registers',
    title: { zh: '文献', en: 'Document' },
    roles: everybody,
    order: 7,
    path: '/documents/:documentId',
    Component: later(() => import('./documents-document-page.tsx'), 'DocumentPage'),
  },
  {
    id: 'named-documents',
    group: 'registers',
    title: { zh: '政策文件库', en: 'Named documents' },
    roles: [...agency, 'values_admin'],
    order: 8,
    path: '/named-documents',
    Component: later(() => import('./documents-named-page.tsx'), 'NamedDocumentsPage'),
  },
  {
    id: 'targets',
    group: 'registers',
    title: { zh: '目标与数据', en: 'Targets and figures' },
    roles: everybody,
    order: 20,
    path: '/targets',
    Component: later(() => import('./targets-page.tsx'), 'TargetsPage'),
  },
  {
    id: 'lists',
    group: 'registers',
    title: { zh: '清单与计划', en: 'Lists and plans' },
    roles: [...agency, 'hub_clerk', 'values_admin'],
    order: 21,
    path: '/lists',
    Component: later(() => import('./lists-page.tsx'), 'ListsPage'),
  },
  {
    id: 'books',
    group: 'books',
    title: { zh: '账簿', en: 'Books' },
    roles: ['pay', 'audit', 'supervisor', 'control'],
    order: 1,
    path: '/books',
    Component: later(() => import('./books-page.tsx'), 'BooksPage'),
  },
  {
    id: 'statement',
    group: 'books',
    title: { zh: '明细账', en: 'Statement' },
    roles: ['pay', 'audit', 'supervisor', 'control'],
    order: 2,
    path: '/books/:accountId',
    Component: later(() => import('./statement-page.tsx'), 'StatementPage'),
  },
  {
    id: 'exchange',
    group: 'books',
    title: { zh: '跨省交换', en: 'Exchange with regions' },
    roles: ['supervisor', 'control', 'hub_clerk'],
    order: 3,
    path: '/exchange',
    Component: later(() => import('./exchange-page.tsx'), 'ExchangePage'),
  },
  {
    id: 'values',
    group: 'administration',
    title: { zh: '政策参数', en: 'Policy values' },
    roles: ['values_admin', 'supervisor'],
    order: 1,
    path: '/values',
    Component: later(() => import('./values-page.tsx'), 'ValuesPage'),
  },
  {
    id: 'assignments',
    group: 'administration',
    title: { zh: '账号与岗位', en: 'Accounts and posts' },
    roles: ['permission_admin'],
    order: 2,
    path: '/assignments',
    Component: later(() => import('./assignments-page.tsx'), 'AssignmentsPage'),
  },
  {
    id: 'security',
    group: 'administration',
    title: securityWords.title,
    roles: everybody,
    order: 30,
    path: '/security',
    Component: later(() => import('./security-page.tsx'), 'SecurityPage'),
  },
  {
    id: 'help',
    group: 'administration',
    title: { zh: '帮助', en: 'Help' },
    roles: everybody,
    order: 31,
    path: '/help',
    Component: later(() => import('./help-page.tsx'), 'HelpPage'),
  },
]

/** What services show of their cases, by flow. */
export const caseParts = casePartsOf(listed.caseParts)

const servicePages = servicePagesOf(listed.pages)
const outdoorPages = servicePages.filter(({ takenAlong }) => takenAlong)

/** Where the forms are listed that wait to be sent. */
export const outboxPath = '/outbox'

const outboxPage: OwnPage = {
  id: 'outbox',
  group: 'cases',
  title: { zh: '待发送的表单', en: 'Forms to be sent' },
  roles: [...new Set(outdoorPages.flatMap(({ roles }) => roles))],
  order: 4,
  path: outboxPath,
  Component: later(() => import('./outbox-page.tsx'), 'OutboxPage'),
}

/** What every page stands on, with the addresses that the pages of services name: what may be read without a connection. */
const takenAlong = new Set([
  ...['/me', '/services', '/benefits', '/messages/zh', '/messages/en'],
  ...outdoorPages.flatMap((page) => page.takenAlong ?? []),
])

/** Whether answers of an address may be kept on a device that leaves the office. */
export function isTakenAlong(path: string): boolean {
  return takenAlong.has(path) || /^\/regions\/\d{6}$/.test(path)
}

const allPages: Array<OwnPage & { service?: string }> = [
  ...ownPages,
  outboxPage,
  ...servicePages.map((page) => ({ ...page, group: 'services' as const })),
]

/** The ids of the services that the node offers, and whether it is the hub; undefined until they are read. */
export type Offered = { readonly services: ReadonlySet<string>; readonly isHub: boolean } | undefined

/** The services that have something to do at the hub: those with a page for its clerk. */
const hubServices = new Set(
  servicePages.flatMap(({ roles, service }) => (roles.includes('hub_clerk') ? [service] : [])),
)
/** Nobody is insured, paid or served at the hub. */
const notAtHub = new Set([
  'benefits',
  'benefit-payments',
  'benefit-rounds',
  'people',
  'certificates',
  'mappings',
  'books',
])

/** What a node offers of the services that it knows; the hub handles what lies between the regions alone. */
export function offeredAt(region: string, services: ReadonlyArray<{ id: string }>): Offered {
  const isHub = region === '000000'
  const shown = services.filter(({ id }) => !isHub || hubServices.has(id))
  return { services: new Set(shown.map(({ id }) => id)), isHub }
}

function listedPages(role: string, offered: Offered) {
  return allPages.filter(
    ({ id, roles, path, service }) =>
      roles.includes(role) &&
      !path.includes(':') &&
      !(offered?.isHub && notAtHub.has(id)) &&
      (service === undefined || (offered?.services.has(service) ?? true)),
  )
}

/** A service with so many pages for a role has a group of its own in the menu. */
const ownGroupPages = 3

/**
 * The menu of a role: every page of the role that needs no parameter and is of a service that the node offers, by what is done with it.
 * `titleOf`: what a service is called.
 */
export function menuOf(
  role: string,
  offered: Offered,
  titleOf: (service: string) => BothLanguages | undefined,
): MenuGroup[] {
  const listed = listedPages(role, offered).sort((one, other) => one.order - other.order)
  const pagesOf = (service: string | undefined) => listed.filter((page) => page.service === service)
  const groupOf = ({ group, service }: (typeof listed)[number]): Omit<MenuGroup, 'pages'> => {
    const title = service !== undefined && pagesOf(service).length >= ownGroupPages ? titleOf(service) : undefined
    return title ? { key: `service ${service}`, title } : { key: group, title: groups[group] }
  }
  const places = new Map(listed.map((page) => [page, groupOf(page)]))
  const shown = new Map(groupNames.map((name) => [name as string, { key: name as string, title: groups[name] }]))
  const ofServices = [...places.values()].filter(({ key }) => !shown.has(key))
  const all = [...shown.values()]
  const keys = new Map([...all.slice(0, 2), ...ofServices, ...all.slice(2)].map((group) => [group.key, group]))
  return [...keys.values()]
    .map((group) => ({ ...group, pages: listed.filter((page) => places.get(page)?.key === group.key) }))
    .filter(({ pages }) => pages.length > 0)
}

/** Where a role starts: its tasks or its overview where it has one, else its first service page, else its first page. */
export function homePathOf(role: string, offered: Offered): string {
  const listed = listedPages(role, offered)
  const home =
    listed.find(({ id }) => id === 'tasks' || id === 'overview') ??
    listed.find(({ group }) => group === 'services') ??
    listed.find(({ group }) => group === 'administration') ??
    listed[0]
  return home?.path ?? '/institutions'
}

/** The pages that a role may open; `/` is where it starts. */
export function routesOf(role: string, offered: Offered): Route[] {
  const shown = allPages.filter(({ roles }) => roles.includes(role))
  const home = shown.find(({ path }) => path === homePathOf(role, offered))
  const routes = shown.map(({ path, Component }) => ({ pattern: path, Component }))
  return home ? [{ pattern: '/', Component: home.Component }, ...routes] : routes
}

/** The roles that may open the page at an address; none where there is no such page. */
export function rolesOf(path: string): readonly string[] {
  return allPages.find((page) => matchPath(page.path, path) !== undefined)?.roles ?? []
}
