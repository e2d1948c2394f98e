package dev.nommu.riscvlinux;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.Hart;
import dev.nommu.kernel.signal.CaughtSignal;
import dev.nommu.kernel.signal.Disposition;
import dev.nommu.kernel.signal.SignalInfo;
import java.lang.foreign.MemorySegment;

/**
 * {@code struct rt_sigframe} of riscv64 on the stack of a handler: siginfo, ucontext and, on a
 * kernel without an MMU, the two instructions that return from the handler.
 */
final class SignalFrame {
  /** The size of {@code siginfo_t} in bytes. */
  static final int SIGINFO = 128;

  private static final int UC_STACK = SIGINFO + 16;
  private static final int UC_SIGMASK = SIGINFO + 40;
  private static final int REGISTERS = SIGINFO + 176;
  private static final int FLOAT_REGISTERS = REGISTERS + 32 * Long.BYTES;
  private static final int FCSR = FLOAT_REGISTERS + 32 * Long.BYTES;
  private static final int TRAMPOLINE = FLOAT_REGISTERS + 528;
  private static final int SIZE = (TRAMPOLINE + 2 * Integer.BYTES + 15) & -16;

  /** {@code li a7, 139} and {@code ecall}. */
  private static final int LOAD_NUMBER = 0x08b00893;

  private static final int ECALL = 0x00000073;

  private static final int RA = 1;
  private static final int SP = 2;
  private static final int A0 = 10;
  private static final int PC = 32;
  private static final int F0 = 33;
  private static final int FCSR_REGISTER = 68;

  private final Guest guest;
  private final Hart hart;

  SignalFrame(Guest guest) {
    this.guest = guest;
    this.hart = guest.hart();
  }

  /**
   * Pushes a frame onto the stack and enters the handler.
   *
   * @throws ErrnoException EFAULT if the stack is not in memory; nothing is then changed
   */
  void push(CaughtSignal signal) throws ErrnoException {
    Disposition.Action action = signal.action();
    AlternateStack stack = guest.signals().stack();
    long before = hart.register(SP);
    long top = action.has(Disposition.Action.SA_ONSTACK) ? stack.top(before) : before;
    long address = (top - SIZE) & -16;
    MemorySegment frame = guest.memory().at(address, SIZE);
    frame.fill((byte) 0);
    fillInfo(frame, signal.info());
    frame.set(UserSpace.LONG, UC_STACK, stack.address());
    frame.set(UserSpace.INT, UC_STACK + Long.BYTES, stack.told(before));
    frame.set(UserSpace.LONG, UC_STACK + 2 * Long.BYTES, stack.size());
    frame.set(UserSpace.LONG, UC_SIGMASK, signal.restored().bits());
    save(frame);
    frame.set(UserSpace.INT, TRAMPOLINE, LOAD_NUMBER);
    frame.set(UserSpace.INT, TRAMPOLINE + Integer.BYTES, ECALL);
    hart.flushInstructions();
    if (stack.disarms()) {
      guest.signals().stack(AlternateStack.NONE);
    }
    go(address, action.handler(), signal.info().signal().number());
  }

  private void go(long address, long handler, int signal) {
    hart.setRegister(RA, address + TRAMPOLINE);
    hart.setRegister(SP, address);
    hart.setRegister(A0, signal);
    hart.setRegister(A0 + 1, address);
    hart.setRegister(A0 + 2, address + SIGINFO);
    hart.setPc(handler);
  }

  /** Fills in a {@code siginfo_t}, which must be zeroed. */
  static void fillInfo(MemorySegment into, SignalInfo info) {
    into.set(UserSpace.INT, 0, info.signal().number());
    into.set(UserSpace.INT, 8, info.code());
    switch (info.origin()) {
      case SignalInfo.Fault fault -> into.set(UserSpace.LONG, 16, fault.address());
      case SignalInfo.Sender sender -> {
        into.set(UserSpace.INT, 16, sender.pid());
        into.set(UserSpace.INT, 20, sender.uid());
        into.set(UserSpace.LONG, 24, sender.value());
      }
      case SignalInfo.Child child -> {
        into.set(UserSpace.INT, 16, child.pid());
        into.set(UserSpace.INT, 20, child.uid());
        into.set(UserSpace.INT, 24, child.status());
      }
    }
  }

  private void save(MemorySegment frame) {
    frame.set(UserSpace.LONG, REGISTERS, hart.register(PC));
    for (int i = 1; i < 32; i++) {
      frame.set(UserSpace.LONG, REGISTERS + i * Long.BYTES, hart.register(i));
    }
    for (int i = 0; i < 32; i++) {
      frame.set(UserSpace.LONG, FLOAT_REGISTERS + i * Long.BYTES, hart.register(F0 + i));
    }
    frame.set(UserSpace.INT, FCSR, (int) hart.register(FCSR_REGISTER));
  }

  /**
   * Pops the frame at the stack pointer, as {@code rt_sigreturn} does.
   *
   * @throws ErrnoException EFAULT if the frame is not in memory
   */
  void pop() throws ErrnoException {
    MemorySegment frame = guest.memory().at(hart.register(SP), SIZE);
    for (int i = 1; i < 32; i++) {
      hart.setRegister(i, frame.get(UserSpace.LONG, REGISTERS + i * Long.BYTES));
    }
    for (int i = 0; i < 32; i++) {
      hart.setRegister(F0 + i, frame.get(UserSpace.LONG, FLOAT_REGISTERS + i * Long.BYTES));
    }
    hart.setRegister(FCSR_REGISTER, frame.get(UserSpace.INT, FCSR));
    hart.setPc(frame.get(UserSpace.LONG, REGISTERS));
    guest
        .signals()
        .stack(
            new AlternateStack(
                frame.get(UserSpace.LONG, UC_STACK),
                frame.get(UserSpace.LONG, UC_STACK + 2 * Long.BYTES),
                frame.get(UserSpace.INT, UC_STACK + Long.BYTES) & ~AlternateStack.SS_ONSTACK));
    guest.signals().block(frame.get(UserSpace.LONG, UC_SIGMASK));
  }
}
