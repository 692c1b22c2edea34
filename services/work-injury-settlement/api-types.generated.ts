// Made by `npm run api-types` from the schemas of the server; do not edit.

export interface ServiceApi {
  /**
   * The filing form
   */
  'GET /services/work-injury-settlement/form/filing': {
    query: {
      personId?: string
    }
    answer: {
      fields: unknown[]
      injuries: {
        id: string
        occurredOn: string
        bodyPart: string
        determination: string
      }[]
      savedProofs: {
        zh: string
        en: string
        sharedFrom: {
          zh: string
          en: string
        }
      }[]
    }
  }
  /**
   * What the rule says to a filing, before it is sent
   */
  'POST /services/work-injury-settlement/filing/preview': {
    body: {
      personId?: string
      filingClass: 'long_term_residence' | 'posted_work' | 'referral'
      treatmentRegion: string
      residenceSince?: string
      residenceProof?: 'document' | 'written_promise'
      opinion?: {
        institutionName: string
        institutionLevel: number
        issuedOn: string
      }
      injuryId?: string
    }
    answer: {
      ruling: {
        outcome: 'granted' | 'refused' | 'referred'
        reason: string | null
        because: string
        meaning: {
          zh: string
          en: string
        } | null
        advice: {
          zh: string
          en: string
        } | null
        sentences: {
          zh: string[]
          en: string[]
        }
        policy: {
          id: string
          irHash: string
          valuesHash: string
        }
        assumptions: {
          name: string
          label: {
            zh: string
            en: string
          }
          value: unknown
          unit: string
          source: string
          note?: string
        }[]
        results: {
          [k: string]: unknown
        }
      }
    }
  }
  /**
   * Filings of people insured elsewhere
   */
  'GET /services/work-injury-settlement/visiting-filings': {
    query: {
      card?: string
    }
    answer: {
      rows: {
        insuredRegion: string
        filingNumber: string
        cardNumber: string
        filingClass: string
        treatmentRegion: string
        validFrom: string
        validTo: string | null
        state: string
      }[]
    }
  }
  /**
   * Benefit items and their procedures
   */
  'GET /services/work-injury-settlement/benefits': {
    answer: {
      items: unknown[]
    }
  }
  /**
   * Read a bill file
   */
  'POST /services/work-injury-settlement/bill/read': {
    body: {
      fileName: string
      contentBase64: string
      mapping?: {
        hospitalCode: string
        name: string
        chargedOn: string
        quantity: string
        unitPrice: string
        amount: string
        injuryRelated: string
      }
    }
    answer: {
      headers: string[]
      sample: string[][]
      mapping: {
        hospitalCode?: string
        name?: string
        chargedOn?: string
        quantity?: string
        unitPrice?: string
        amount?: string
        injuryRelated?: string
      }
      lines:
        | {
            hospitalCode: string
            name: string
            chargedOn: string
            quantityMilli: number
            unitPriceFen: number
            amountFen: number
            injuryRelated: boolean
          }[]
        | null
      problems: {
        row: number
        column: string
        expected: string
        found: string
      }[]
    }
  }
  /**
   * Bill lines and what they came to
   */
  'GET /services/work-injury-settlement/stays/{caseId}/lines': {
    params: {
      caseId: string
    }
    answer: {
      lines: {
        hospitalCode: string
        name: string
        chargedOn: string
        quantityMilli: number
        unitPriceFen: number
        amountFen: number
        injuryRelated: boolean
        no: number
        catalogueCode: string | null
        limitFen: number | null
        fundFen: number | null
        personFen: number | null
        finding: string | null
        because: string | null
      }[]
    }
  }
  /**
   * The settlement slip
   */
  'GET /services/work-injury-settlement/stays/{caseId}/slip': {
    params: {
      caseId: string
    }
    answer: {
      number: string
      patientName: string
      institutionName: string
      admittedOn: string
      totals: unknown
      lines: {
        hospitalCode: string
        name: string
        chargedOn: string
        quantityMilli: number
        unitPriceFen: number
        amountFen: number
        injuryRelated: boolean
        no: number
        catalogueCode: string | null
        limitFen: number | null
        fundFen: number | null
        personFen: number | null
        finding: string | null
        because: string | null
      }[]
      sentences: {
        zh: string[]
        en: string[]
      }
    }
  }
  /**
   * Settlements
   */
  'GET /services/work-injury-settlement/settlements': {
    query: {
      side: 'host' | 'home'
      quarter?: string
      month?: string
      from?: string
      partner?: string
      state?: 'settled' | 'undone'
      daysFrom?: number
      daysBelow?: number
    }
    answer: {
      count: number
      /**
       * the newest of them
       */
      rows: {
        number: string
        caseId: string
        state: string
        insuredRegion: string
        treatmentRegion: string
        institutionName: string | null
        costType: string
        totalFen: number
        fundFen: number
        personFen: number
        deductedFen: number
        admittedOn: string
        dischargedOn: string
        settledOn: string
        reconciledOn: string | null
        auditedOn: string | null
        paidOn: string | null
        clearedFen: number
        daysToPayment: number | null
      }[]
      owed: {
        partner: string
        owedFen: number
        clearedFen: number
      }[]
    }
  }
  /**
   * Overview for supervision
   */
  'GET /services/work-injury-settlement/overview': {
    answer: {
      cases: {
        flow: string
        status: string
        count: number
      }[]
      daysToPayment: {
        count: number
        median: number | null
        longest: number | null
      }
      prepaid: {
        partner: string
        side: 'paid' | 'received'
        paidFen: number
        usedFen: number
        usedPpm: number
        level: 'none' | 'warning' | 'urgent' | 'exhausted'
      }[]
      alerts: {
        code: string
        params: {
          [k: string]: unknown
        }
        about: string
        raisedAt: string
      }[]
      missingMinimum: unknown[]
    }
  }
  /**
   * Figures of settlements, for charts
   */
  'GET /services/work-injury-settlement/supervision': {
    query: {
      from: string
    }
    answer: {
      from: string
      months: {
        month: string
        side: 'host' | 'home'
        count: number
        totalFen: number
        fundFen: number
      }[]
      days: {
        atLeast: number
        lessThan: number | null
        count: number
      }[]
      flows: {
        insuredRegion: string
        treatmentRegion: string
        count: number
        totalFen: number
        fundFen: number
        owedFen: number
        clearedFen: number
      }[]
    }
  }
  /**
   * Pay an advance
   */
  'POST /services/work-injury-settlement/prepaid': {
    body: {
      to: string
      amountFen: number
    }
    answer: {
      paymentNumber: string
    }
  }
  /**
   * Provinces that miss a minimum of institutions
   */
  'GET /services/work-injury-settlement/missing-minimum': {
    answer: {
      provinces: unknown[]
    }
  }
  /**
   * Add prefectures to a province's pilot
   */
  'POST /services/work-injury-settlement/pilot-areas': {
    body: {
      province: string
      /**
       * @minItems 1
       */
      prefectures: [string, ...string[]]
      goLiveOn: string
      source: string
    }
    answer: {
      items: {
        province: string
        prefecture: string
        goLiveOn: string
        source: string
      }[]
    }
  }
}
