// The demo's four tenants and their people. Everything here is made up.

export interface DemoAccount {
  readonly account: string;
  readonly password: string;
  readonly name: string;
  readonly phone?: string;
  readonly email?: string;
  readonly cohort?: string;
  readonly locale?: 'zh-CN' | 'zh-HK' | 'en';
}

export const DEMO_TENANTS: readonly {
  readonly id: string;
  readonly name: string;
  readonly preset: string;
  readonly accounts: readonly DemoAccount[];
}[] = [
  {
    id: 'star',
    name: '极星国际',
    preset: 'star-rollout',
    accounts: [
      {
        account: '880001',
        password: 'jixing-880001',
        name: '陈晓明',
        phone: '+85291230001',
        email: 'chen@star.example',
        cohort: 'regular',
      },
      {
        account: '880002',
        password: 'jixing-880002',
        name: '李静',
        phone: '+85291230002',
        email: 'li@star.example',
        cohort: 'regular',
      },
      { account: '880003', password: 'jixing-880003', name: '王伟', phone: '+8613800138003', cohort: 'vip' },
      {
        account: '880004',
        password: 'jixing-880004',
        name: '黃嘉欣',
        phone: '+85291230004',
        cohort: 'vip',
        locale: 'zh-HK',
      },
      {
        account: '880005',
        password: 'jixing-880005',
        name: 'Alex Morgan',
        phone: '+85291230005',
        cohort: 'overseas',
        locale: 'en',
      },
      { account: '880006', password: 'jixing-880006', name: '赵敏', phone: '+85291230006', cohort: 'regular' },
    ],
  },
  {
    id: 'spark',
    name: '星火期货',
    preset: 'star-desktop-bind',
    accounts: [
      { account: '660001', password: 'xinghuo-660001', name: '周杰', phone: '+85296660001' },
      { account: '660002', password: 'xinghuo-660002', name: '林雪', phone: '+85296660002' },
      { account: '660003', password: 'xinghuo-660003', name: 'Grace Ho', phone: '+85296660003', locale: 'en' },
    ],
  },
  {
    id: 'guoan',
    name: '國安證券',
    preset: 'mobile-otp',
    accounts: [
      {
        account: '700004',
        password: 'guoan-700004',
        name: '何志強',
        phone: '+85297000004',
        email: 'ho@guoan.example',
        locale: 'zh-HK',
      },
      { account: '700002', password: 'guoan-700002', name: '梁美玲', phone: '+85297000002', locale: 'zh-HK' },
    ],
  },
  {
    id: 'lark',
    name: '云雀邮箱',
    preset: 'mail',
    accounts: [
      {
        account: 'wei@lark.example',
        password: 'yunque-wei',
        name: '韦宁',
        phone: '+8613800138101',
        email: 'wei@backup.example',
      },
      { account: 'jige@lark.example', password: 'yunque-jige', name: '季歌', phone: '+8613800138102' },
      {
        account: 'meiyan@lark.example',
        password: 'yunque-meiyan',
        name: '陳美欣',
        phone: '+85291230103',
        locale: 'zh-HK',
      },
      { account: 'amy@lark.example', password: 'yunque-amy', name: 'Amy Lee', phone: '+85291230104', locale: 'en' },
    ],
  },
];
