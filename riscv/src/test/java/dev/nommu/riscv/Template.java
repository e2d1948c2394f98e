package dev.nommu.riscv;

import java.util.Arrays;
import java.util.List;

/**
 * An instruction without its operands.
 *
 * @param name its mnemonic
 * @param kind which operands it has
 * @param bits its encoding without them
 */
record Template(String name, Kind kind, int bits) {
  /** Which operands an instruction has. */
  enum Kind {
    REGISTERS,
    IMMEDIATE,
    SHIFT64,
    SHIFT32,
    UPPER,
    LOAD,
    STORE,
    FLOAT_LOAD,
    FLOAT_STORE,
    BRANCH,
    JUMP,
    JUMP_REGISTER,
    ATOMIC,
    RESERVE,
    CSR,
    CSR_IMMEDIATE,
    PLAIN,
    FLOAT2,
    FUSED,
    ROUNDED2,
    ROUNDED1,
    TO_X,
    ROUNDED_TO_X,
    FLOATS_TO_X,
    FROM_X,
    ROUNDED_FROM_X
  }

  /** All 32-bit instructions, a kind per line. */
  private static final String LIST =
      """
      REGISTERS add 33 sub 40000033 sll 1033 slt 2033 sltu 3033 xor 4033 srl 5033 sra 40005033 or 6033 and 7033
      REGISTERS addw 3b subw 4000003b sllw 103b srlw 503b sraw 4000503b
      REGISTERS mul 2000033 mulh 2001033 mulhsu 2002033 mulhu 2003033 div 2004033 divu 2005033 rem 2006033
      REGISTERS remu 2007033 mulw 200003b divw 200403b divuw 200503b remw 200603b remuw 200703b
      IMMEDIATE addi 13 slti 2013 sltiu 3013 xori 4013 ori 6013 andi 7013 addiw 1b
      SHIFT64 slli 1013 srli 5013 srai 40005013
      SHIFT32 slliw 101b srliw 501b sraiw 4000501b
      UPPER lui 37 auipc 17
      LOAD lb 3 lh 1003 lw 2003 ld 3003 lbu 4003 lhu 5003 lwu 6003
      STORE sb 23 sh 1023 sw 2023 sd 3023
      FLOAT_LOAD flw 2007 fld 3007
      FLOAT_STORE fsw 2027 fsd 3027
      BRANCH beq 63 bne 1063 blt 4063 bge 5063 bltu 6063 bgeu 7063
      JUMP jal 6f
      JUMP_REGISTER jalr 67
      ATOMIC amoadd.w 202f amoswap.w 800202f amoxor.w 2000202f amoor.w 4000202f amoand.w 6000202f
      ATOMIC amomin.w 8000202f amomax.w a000202f amominu.w c000202f amomaxu.w e000202f sc.w 1800202f
      ATOMIC amoadd.d 302f amoswap.d 800302f amoxor.d 2000302f amoor.d 4000302f amoand.d 6000302f
      ATOMIC amomin.d 8000302f amomax.d a000302f amominu.d c000302f amomaxu.d e000302f sc.d 1800302f
      RESERVE lr.w 1000202f lr.d 1000302f
      CSR csrrw 1073 csrrs 2073 csrrc 3073
      CSR_IMMEDIATE csrrwi 5073 csrrsi 6073 csrrci 7073
      PLAIN fence ff0000f fence.tso 8330000f fence.i 100f pause 100000f
      FLOAT2 fsgnj.s 20000053 fsgnjn.s 20001053 fsgnjx.s 20002053 fmin.s 28000053 fmax.s 28001053
      FLOAT2 fsgnj.d 22000053 fsgnjn.d 22001053 fsgnjx.d 22002053 fmin.d 2a000053 fmax.d 2a001053
      FUSED fmadd.s 43 fmsub.s 47 fnmsub.s 4b fnmadd.s 4f
      FUSED fmadd.d 2000043 fmsub.d 2000047 fnmsub.d 200004b fnmadd.d 200004f
      ROUNDED2 fadd.s 53 fsub.s 8000053 fmul.s 10000053 fdiv.s 18000053
      ROUNDED2 fadd.d 2000053 fsub.d a000053 fmul.d 12000053 fdiv.d 1a000053
      ROUNDED1 fsqrt.s 58000053 fcvt.d.s 42000053
      ROUNDED1 fsqrt.d 5a000053 fcvt.s.d 40100053
      ROUNDED_TO_X fcvt.w.s c0000053 fcvt.wu.s c0100053 fcvt.l.s c0200053 fcvt.lu.s c0300053
      ROUNDED_TO_X fcvt.w.d c2000053 fcvt.wu.d c2100053 fcvt.l.d c2200053 fcvt.lu.d c2300053
      ROUNDED_FROM_X fcvt.s.w d0000053 fcvt.s.wu d0100053 fcvt.s.l d0200053 fcvt.s.lu d0300053
      ROUNDED_FROM_X fcvt.d.w d2000053 fcvt.d.wu d2100053 fcvt.d.l d2200053 fcvt.d.lu d2300053
      FLOATS_TO_X feq.s a0002053 flt.s a0001053 fle.s a0000053 feq.d a2002053 flt.d a2001053 fle.d a2000053
      TO_X fmv.x.w e0000053 fclass.s e0001053 fmv.x.d e2000053 fclass.d e2001053
      FROM_X fmv.w.x f0000053 fmv.d.x f2000053
      """;

  /** Returns all templates. */
  static List<Template> all() {
    return LIST.lines().flatMap(line -> ofLine(line.split(" ")).stream()).toList();
  }

  private static List<Template> ofLine(String[] words) {
    Template[] templates = new Template[words.length / 2];
    for (int i = 0; i < templates.length; i++) {
      int bits = Integer.parseUnsignedInt(words[2 * i + 2], 16);
      templates[i] = new Template(words[2 * i + 1], Kind.valueOf(words[0]), bits);
    }
    return Arrays.asList(templates);
  }

  /** Returns whether its floating-point operands are doubles: the precision that it reads. */
  boolean readsDoubles() {
    return switch (name) {
      case "fcvt.s.d" -> true;
      case "fcvt.d.s" -> false;
      default -> (bits >>> 25 & 1) == 1;
    };
  }
}
