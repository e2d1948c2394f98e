package dev.nommu.riscvlinux.strace;

import java.util.Map;

/** The names of asm-generic calls that are not implemented, for programs that try them. */
final class CallNames {
  private static final Map<Long, String> NAMES =
      Names.of(
              "",
              """
              io_setup=0 io_destroy=1 io_submit=2 io_cancel=3 io_getevents=4 setxattr=5 lsetxattr=6
              fsetxattr=7 getxattr=8 lgetxattr=9 fgetxattr=10 listxattr=11 llistxattr=12
              flistxattr=13 removexattr=14 lremovexattr=15 fremovexattr=16 lookup_dcookie=18
              eventfd2=19 epoll_create1=20 epoll_ctl=21 epoll_pwait=22 inotify_init1=26
              inotify_add_watch=27 inotify_rm_watch=28 ioprio_set=30 ioprio_get=31 renameat=38
              pivot_root=41 nfsservctl=42 vhangup=58 quotactl=60 signalfd4=74 vmsplice=75 splice=76
              tee=77 sync_file_range=84 timerfd_create=85 timerfd_settime=86 timerfd_gettime=87
              acct=89 capget=90 capset=91 unshare=97 kexec_load=104 init_module=105 delete_module=106
              timer_create=107 timer_gettime=108 timer_getoverrun=109 timer_settime=110
              timer_delete=111 syslog=116 sched_setparam=118 sched_setscheduler=119
              sched_getscheduler=120 sched_getparam=121 sched_setaffinity=122
              sched_get_priority_max=125 sched_get_priority_min=126 sched_rr_get_interval=127
              restart_syscall=128 setpriority=140 getpriority=141 setregid=143 setreuid=145
              setresuid=147 getresuid=148 setresgid=149 getresgid=150 setfsuid=151 setfsgid=152
              getgroups=158 setgroups=159 sethostname=161 setdomainname=162 getrlimit=163
              setrlimit=164 prctl=167 getcpu=168 settimeofday=170 adjtimex=171 mq_open=180
              mq_unlink=181 mq_timedsend=182 mq_timedreceive=183 mq_notify=184 mq_getsetattr=185
              msgget=186 msgctl=187 msgrcv=188 msgsnd=189 semget=190 semctl=191 semtimedop=192
              semop=193 socket=198 socketpair=199 bind=200 listen=201 accept=202 connect=203
              getsockname=204 getpeername=205 sendto=206 recvfrom=207 setsockopt=208 getsockopt=209
              shutdown=210 sendmsg=211 recvmsg=212 readahead=213 add_key=217 request_key=218
              keyctl=219 fadvise64=223 swapon=224 swapoff=225 mbind=235 get_mempolicy=236
              set_mempolicy=237 migrate_pages=238 move_pages=239 rt_tgsigqueueinfo=240
              perf_event_open=241 accept4=242 recvmmsg=243 riscv_hwprobe=258 fanotify_init=262
              fanotify_mark=263 name_to_handle_at=264 open_by_handle_at=265 clock_adjtime=266
              setns=268 sendmmsg=269 process_vm_readv=270 process_vm_writev=271 kcmp=272
              finit_module=273 sched_setattr=274 sched_getattr=275 seccomp=277 bpf=280 execveat=281
              userfaultfd=282 membarrier=283 mlock2=284 preadv2=286 pwritev2=287 pkey_mprotect=288
              pkey_alloc=289 pkey_free=290 io_pgetevents=292 rseq=293 kexec_file_load=294
              pidfd_send_signal=424 io_uring_setup=425 io_uring_enter=426 io_uring_register=427
              open_tree=428 move_mount=429 fsopen=430 fsconfig=431 fsmount=432 fspick=433
              pidfd_open=434 clone3=435 close_range=436 openat2=437 pidfd_getfd=438
              process_madvise=440 epoll_pwait2=441 mount_setattr=442 quotactl_fd=443
              landlock_create_ruleset=444 landlock_add_rule=445 landlock_restrict_self=446
              memfd_secret=447 process_mrelease=448 futex_waitv=449 set_mempolicy_home_node=450 cachestat=451
              map_shadow_stack=453 futex_wake=454 futex_wait=455 futex_requeue=456 statmount=457
              listmount=458 lsm_get_self_attr=459 lsm_set_self_attr=460 lsm_list_modules=461
              mseal=462
              """)
          .values();

  private CallNames() {}

  /** Returns the name of a call; for a number that Linux does not have, what strace writes. */
  static String of(long number) {
    return NAMES.getOrDefault(number, "syscall_0x" + Long.toHexString(number));
  }
}
