// What operators at the console are refused with; spread into the one list of problems.

export const OPERATOR_PROBLEMS = {
  'not-permitted': {
    status: 403,
    title: ['您的角色没有此权限', '閣下的角色沒有此權限', 'Your role does not allow this'],
    detail: [
      '需要权限 {permission}，请联系管理员。',
      '需要權限 {permission}，請聯絡管理員。',
      'It needs the permission {permission}. Ask an administrator.',
    ],
  },
} as const;
