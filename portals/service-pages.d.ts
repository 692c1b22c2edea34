declare module 'virtual:service-pages/resident' {
  export const pages: ReadonlyArray<import('../kit/door.ts').ListedPage>
  export const caseParts: ReadonlyArray<import('../kit/door.ts').ListedCasePart<import('../kit/door.ts').CasePart>>
}

declare module 'virtual:service-pages/staff' {
  export const pages: ReadonlyArray<import('../kit/door.ts').ListedPage>
  export const caseParts: ReadonlyArray<
    import('../kit/door.ts').ListedCasePart<import('../kit/staff/door.ts').StaffCasePart>
  >
}
