// Made by `npm run api-types` from the schemas of the server; do not edit.

export interface ServiceApi {
  /**
   * Outlets for card matters, with what each offers
   */
  'GET /services/card-matters/outlets': {
    answer: {
      outlets: {
        outletId: string
        name: string
        region: string
        township: string
        townshipName: {
          zh: string
          en: string
        }
        place: string
        instantIssue: boolean
        cardMakers: number
        fullTimeStaff: number
        classA: boolean
        /**
         * classes of public services that it may offer
         */
        classes: number
        items: number
      }[]
      offered: {
        zh: string
        en: string
        items: string[]
      }[]
    }
  }
  /**
   * Register an outlet
   */
  'POST /services/card-matters/outlets': {
    body: {
      code: string
      name: string
      region: string
      township: string
      place?: 'own_premises' | 'government_hall' | 'retiree_hall'
      agreement?: boolean
      instantIssue: boolean
      cardMakers: number
      fullTimeStaff: number
      selfServiceTerminals?: number
      openedOn: string
    }
    answer: {
      outletId: string
    }
  }
  /**
   * Whether every township has an outlet that issues at once
   */
  'GET /services/card-matters/coverage': {
    answer: {
      townships: number
      instantOutlets: number
      isCovered: boolean
      lacking: {
        code: string
        nameZh: string
        nameEn: string
        kind: string
        region: string
      }[]
    }
  }
  /**
   * Close an outlet
   */
  'POST /services/card-matters/outlets/{outletId}/closing': {
    params: {
      outletId: string
    }
    body: {
      on: string
    }
    answer: {
      outletId: string
    }
  }
  /**
   * What the rule says to a matter now, and what all would be done; nothing is kept
   */
  'POST /services/card-matters/preview': {
    body: {
      matter: 'new_card' | 'exchange' | 'replacement' | 'issue' | 'activation' | 'information_change' | 'open_financial'
      idNumber: string
      name: string
      byProxy?: boolean
      proxyShown?: boolean
      phone?: string
      accountNumber?: string
      outletId?: string
    }
    answer: {
      plan: {
        makesCard: boolean
        reportsLoss: boolean
        endsOldCard: boolean
        renewsECard: boolean
        immediate: boolean
        withinWorkingDays: number
      }
      /**
       * a ruling as a case keeps it
       */
      ruling: {
        [k: string]: unknown
      }
    }
  }
  /**
   * Blank cards of an outlet
   */
  'GET /services/card-matters/blanks/{outletId}': {
    params: {
      outletId: string | 'own'
    }
    answer: {
      left: number
      delivered: number
      used: number
      spoiled: number
      returned: number
    }
  }
  /**
   * Blank cards brought, given back or spoiled
   */
  'POST /services/card-matters/blanks': {
    body: {
      kind: 'delivered' | 'spoiled' | 'returned'
      cards: number
      note: string
    }
    answer: {
      left: number
      delivered: number
      used: number
      spoiled: number
      returned: number
    }
  }
  /**
   * The list of cardholders
   */
  'GET /services/card-matters/cardholders': {
    query: {
      purpose: string
      state?: 'active' | 'lost' | 'replaced' | 'cancelled'
      outlet?: string
      text?: string
      after?: string
    }
    answer: {
      items: {
        cardId: string
        personId: string
        name: string
        idNumberMasked: string
        birthOn: string
        homeRegion: string
        number: string
        state: string
        issuedOn: string
        outlet: string
        bankName: string | null
        eCardState: string | null
      }[]
    }
  }
  /**
   * The list of cardholders as a file
   */
  'GET /services/card-matters/cardholders/file': {
    query: {
      purpose: string
      state?: 'active' | 'lost' | 'replaced' | 'cancelled'
      outlet?: string
      text?: string
      format?: 'csv' | 'xlsx'
    }
    answer: {
      fileName: string
      lines: number
      base64: string
    }
  }
}
