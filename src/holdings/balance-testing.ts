/** The worked examples of the balance indicators (domain specification 2.8). Money in yuan, as people read it. */

export const adbFixture = {
  segments: [
    { from: '2025-04-01', days: 10, balance: '8000000.00' },
    { from: '2025-04-11', days: 15, balance: '12500000.00' },
    { from: '2025-04-26', days: 5, balance: '21000000.00' },
  ],
  sumProduct: '372500000.00', adb: '12416666.67', monthEndDeviationPct: '69.13',
} as const

export const depositView = {
  date: '2025-04-10',
  balances: [
    { from: '2024-12-31', balance: '1000000000.00' },
    { from: '2025-01-01', balance: '980000000.00' },
    { from: '2025-01-16', balance: '1030000000.00' },
    { from: '2025-02-11', balance: '1015000000.00' },
    { from: '2025-03-21', balance: '1060000000.00' },
    { from: '2025-03-31', balance: '1110000000.00' },
    { from: '2025-04-01', balance: '1072000000.00' },
    { from: '2025-04-09', balance: '1064500000.00' },
    { from: '2025-04-10', balance: '1081250000.00' },
  ],
  lastYearAdb: '985000000.00', target: { indicator: 'year ADB increment', amount: '120000000.00' },
  expected: {
    balance: '1081250000.00', toYesterday: '16750000.00', toMonthBegin: '-28750000.00', toQuarterBegin: '-28750000.00', toYearBegin: '81250000.00',
    monthDays: 10, monthSum: '10721750000.00', monthAdb: '1072175000.00', yearDays: 100, yearSum: '102481750000.00', yearAdb: '1024817500.00', yearAdbIncrement: '39817500.00',
    completionPct: '33.18', timeProgressPct: '27.40', ratio: '1.2111', 'monthEndDeviationPct_2025-03': '7.50', marchAdb: '1032580645.16',
  },
} as const

export const loyalty = {
  cases: [
    { shareOfWallet: '0.60', years: 7, productLines: 5, payrollOrMainAccount: '1', complaintFree: '1', parts: ['18.00', '10.50', '20.83', '20.00', '10.00'], index: '79.33' },
    { shareOfWallet: '0.35', years: 12, productLines: 8, payrollOrMainAccount: '0.5', complaintFree: '0', parts: ['10.50', '15.00', '25.00', '10.00', '0.00'], index: '60.50' },
  ],
  unknownWallet: { parts: ['10.50', '20.83', '20.00', '10.00'], index: '87.61' },
} as const
