// Made by `npm run api-types` from the schemas of the server; do not edit.

export interface ServiceApi {
  /**
   * What five insurances and the income tax would take of a wage
   */
  'POST /services/contributions/estimate': {
    body: {
      monthlyWageFen: number
      months?: number
      /**
       * of eight classes of risk; an office is of class 1
       */
      industryClass?: 'class_1' | 'class_2' | 'class_3' | 'class_4' | 'class_5' | 'class_6' | 'class_7' | 'class_8'
      /**
       * a month
       */
      additionalDeductionsFen?: number
      /**
       * in the year
       */
      otherDeductionsFen?: number
      /**
       * without it the region that is asked
       */
      insuredRegion?: string
      /**
       * without it today
       */
      on?: string
    }
    answer: {
      insuredRegion: string
      on: string
      /**
       * the person pays in the year
       */
      personFen: number
      /**
       * the employer pays in the year
       */
      employerFen: number
      /**
       * income tax of the year
       */
      incomeTaxFen: number
      assumed: {
        name: string
        source: string
        zh: string
        en: string
      }[]
      sentences: {
        zh: string[]
        en: string[]
      }
    }
  }
  /**
   * What an employee’s pension would be
   */
  'POST /services/contributions/employee-pension': {
    body: {
      monthlyBaseFen: number
      years: number
      retirementAge: number
      accountSoFarFen?: number
      /**
       * without it the region that is asked
       */
      insuredRegion?: string
      /**
       * by the law of which day, e.g. of retirement; without it today
       */
      on?: string
    }
    answer: {
      insuredRegion: string
      on: string
      /**
       * basic pension a month
       */
      basicFen: number
      /**
       * in the personal account by then, without interest
       */
      accountFen: number
      /**
       * over which the account is paid out
       */
      accountMonths: number
      /**
       * of the account a month, to the nearest fen
       */
      accountMonthFen: number
      /**
       * both together
       */
      pensionFen: number
      assumed: {
        name: string
        source: string
        zh: string
        en: string
      }[]
      sentences: {
        zh: string[]
        en: string[]
      }
    }
  }
  /**
   * What the pension of urban and rural residents would be
   */
  'POST /services/contributions/residents-pension': {
    body: {
      yearlyPaidFen: number
      years: number
      accountSoFarFen?: number
      /**
       * without it the region that is asked
       */
      insuredRegion?: string
      /**
       * by the law of which day, e.g. of retirement; without it today
       */
      on?: string
    }
    answer: {
      insuredRegion: string
      on: string
      /**
       * basic pension a month
       */
      basicFen: number
      /**
       * in the personal account by then, without interest
       */
      accountFen: number
      /**
       * over which the account is paid out
       */
      accountMonths: number
      /**
       * of the account a month, to the nearest fen
       */
      accountMonthFen: number
      /**
       * both together
       */
      pensionFen: number
      assumed: {
        name: string
        source: string
        zh: string
        en: string
      }[]
      sentences: {
        zh: string[]
        en: string[]
      }
    }
  }
}
