/* SPDX-License-Identifier: Apache-2.0 */
/*
 * charclass - the classes of all characters, written by src/charclass.py; as
 * long as a table of Unicode has to be.
 */
#include "src/charclass.h"

const char charclass_version[] = "16.0.0";

/* A run of equal classes: X8(Lu) stands for eight of them. */
#define X2(c) c, c
#define X4(c) X2(c), X2(c)
#define X8(c) X4(c), X4(c)
#define X16(c) X8(c), X8(c)
#define X32(c) X16(c), X16(c)
#define X64(c) X32(c), X32(c)
#define X128(c) X64(c), X64(c)

enum {
    Cn = CHAR_CN, Lu = CHAR_LU, Ll = CHAR_LL, Lt = CHAR_LT, Lm = CHAR_LM,
    Lo = CHAR_LO, Mn = CHAR_MN, Mc = CHAR_MC, Me = CHAR_ME, Nd = CHAR_ND,
    Nl = CHAR_NL, No = CHAR_NO, Zs = CHAR_ZS, Zl = CHAR_ZL, Zp = CHAR_ZP,
    Cs = CHAR_CS, Co = CHAR_CO, Cf = CHAR_CF, Pc = CHAR_PC, Pd = CHAR_PD,
    Ps = CHAR_PS, Pe = CHAR_PE, Pi = CHAR_PI, Pf = CHAR_PF, Po = CHAR_PO,
    Sm = CHAR_SM, Sc = CHAR_SC, Sk = CHAR_SK, So = CHAR_SO, Cc = CHAR_CC,
    Cw = CHAR_CW,
};

/* Which block holds the code points from 128 * i. */
const uint16_t charclass_index[2080] = {
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20,
    21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 34, 35, 36, 37, 38,
    39, 34, 34, 34, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54,
    55, 56, 57, 58, 59, 60, 61, 62, 63, 64, 64, 65, 66, 67, 68, 69, 70, 71, 69,
    72, 73, 69, 69, 64, 74, 64, 64, 75, 76, 77, 78, 79, 80, 81, 82, 69, 83, 84,
    85, 86, 87, 88, 89, 69, 69, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34,
    34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34,
    34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34,
    34, 90, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34,
    34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34,
    34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34,
    34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34,
    34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34,
    34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34,
    34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34,
    34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34,
    34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 91, 34, 34, 34, 34,
    34, 34, 34, 34, 92, 34, 34, 93, 94, 95, 96, 97, 98, 99, 100, 101, 102, 103,
    104, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34,
    34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34,
    34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34,
    34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34,
    34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 105, 106, 106, 106, 106,
    106, 106, 106, 106, 106, 106, 106, 106, 106, 106, 106, 106, 107, 107, 107,
    107, 107, 107, 107, 107, 107, 107, 107, 107, 107, 107, 107, 107, 107, 107,
    107, 107, 107, 107, 107, 107, 107, 107, 107, 107, 107, 107, 107, 107, 107,
    107, 107, 107, 107, 107, 107, 107, 107, 107, 107, 107, 107, 107, 107, 107,
    107, 107, 34, 34, 108, 109, 110, 111, 34, 34, 112, 113, 114, 115, 116, 117,
    118, 119, 120, 121, 122, 123, 124, 125, 126, 127, 128, 129, 34, 34, 130,
    131, 132, 133, 134, 135, 136, 137, 138, 139, 140, 141, 142, 143, 144, 145,
    146, 147, 148, 149, 150, 151, 152, 153, 154, 155, 156, 157, 122, 158, 159,
    160, 161, 122, 162, 163, 164, 165, 166, 167, 168, 169, 170, 171, 172, 173,
    122, 174, 175, 176, 34, 34, 34, 34, 34, 34, 34, 177, 178, 34, 179, 122, 122,
    122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122,
    122, 122, 122, 180, 34, 34, 34, 34, 34, 34, 34, 34, 181, 34, 34, 34, 34, 34,
    34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34,
    34, 34, 34, 34, 34, 34, 119, 34, 34, 34, 34, 182, 122, 122, 122, 122, 122,
    122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122,
    122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122,
    122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122,
    122, 122, 122, 183, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122,
    122, 122, 34, 34, 34, 34, 184, 185, 186, 187, 122, 122, 188, 122, 189, 190,
    191, 192, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34,
    34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34,
    34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 193, 34, 34, 34, 34, 34, 34,
    34, 34, 34, 194, 195, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122,
    122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122,
    122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122,
    122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122,
    122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 196, 34, 34,
    197, 34, 34, 198, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122,
    122, 122, 122, 122, 122, 122, 122, 199, 200, 122, 122, 122, 122, 122, 122,
    122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122,
    122, 122, 122, 122, 122, 122, 122, 122, 122, 69, 201, 69, 69, 69, 202, 203,
    204, 69, 205, 206, 207, 208, 209, 210, 122, 211, 212, 213, 214, 215, 216,
    217, 218, 69, 69, 69, 69, 219, 220, 122, 122, 122, 122, 122, 122, 122, 122,
    221, 122, 222, 223, 224, 122, 122, 225, 122, 122, 122, 226, 122, 227, 122,
    122, 122, 228, 34, 229, 230, 122, 122, 122, 122, 122, 231, 232, 233, 122,
    234, 235, 122, 122, 236, 237, 238, 239, 240, 122, 69, 241, 69, 69, 69, 69,
    69, 242, 243, 244, 245, 246, 69, 69, 247, 248, 69, 249, 122, 122, 122, 122,
    122, 122, 122, 122, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34,
    34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34,
    34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34,
    34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34,
    34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34,
    34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34,
    34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34,
    34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34,
    34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34,
    34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34,
    34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34,
    34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34,
    34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34,
    34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34,
    34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34,
    34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34,
    34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34,
    34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 250, 34, 34, 34,
    34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34,
    34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 251, 34, 252, 34, 34, 34, 34, 34,
    34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34,
    34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34,
    34, 253, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34,
    34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34,
    34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34,
    34, 34, 254, 34, 34, 34, 34, 255, 122, 122, 122, 122, 122, 122, 122, 122,
    122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 34, 34, 34, 34, 256,
    122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 34, 34, 34, 34, 34,
    34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34,
    34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 257, 34, 34, 34, 34,
    34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34,
    34, 34, 34, 34, 34, 34, 34, 34, 34, 258, 122, 122, 122, 122, 122, 122, 122,
    122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122,
    122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122,
    122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122,
    122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122,
    122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122,
    122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122,
    122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122,
    122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122,
    122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122,
    122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122,
    122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122,
    122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122,
    122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122,
    122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122,
    122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122,
    122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122,
    122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122,
    122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122,
    122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122,
    122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122,
    122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122,
    122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122,
    122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122,
    122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122,
    122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122,
    122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122,
    122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122,
    122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122,
    122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 259, 122,
    260, 261, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122,
    122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122, 122,
};

const uint8_t charclass_blocks[262 * 128] = {
    /* 0 */
    X8(Cc), Cc, X4(Cw), Cw, X16(Cc), X2(Cc), Zs, X2(Po), Po, Sc, X2(Po), Po, Ps,
    Pe, Po, Sm, Po, Pd, X2(Po), X8(Nd), X2(Nd), X2(Po), X2(Sm), Sm, X2(Po),
    X16(Lu), X8(Lu), X2(Lu), Ps, Po, Pe, Sk, Pc, Sk, X16(Ll), X8(Ll), X2(Ll),
    Ps, Sm, Pe, Sm, Cc,
    /* 1 */
    X4(Cc), Cc, Cw, X16(Cc), X8(Cc), X2(Cc), Zs, Po, X4(Sc), So, Po, Sk, So, Lo,
    Pi, Sm, Cf, So, Sk, So, Sm, X2(No), Sk, Ll, X2(Po), Sk, No, Lo, Pf, X2(No),
    No, Po, X16(Lu), X4(Lu), X2(Lu), Lu, Sm, X4(Lu), X2(Lu), Lu, X16(Ll),
    X8(Ll), Sm, X8(Ll),
    /* 2 */
    Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu,
    Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll,
    Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, X2(Ll),
    Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, X2(Ll), Lu, Ll,
    Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu,
    Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll,
    Lu, Ll, Lu, Ll, Lu, Ll, X2(Lu), Ll, Lu, Ll, Lu, X2(Ll),
    /* 3 */
    Ll, X2(Lu), Ll, Lu, Ll, X2(Lu), Ll, X2(Lu), Lu, X2(Ll), X4(Lu), Ll, X2(Lu),
    Ll, X2(Lu), Lu, X2(Ll), Ll, X2(Lu), Ll, X2(Lu), Ll, Lu, Ll, Lu, Ll, X2(Lu),
    Ll, Lu, X2(Ll), Lu, Ll, X2(Lu), Ll, X2(Lu), Lu, Ll, Lu, Ll, X2(Lu), X2(Ll),
    Lo, Lu, X2(Ll), Ll, X4(Lo), Lu, Lt, Ll, Lu, Lt, Ll, Lu, Lt, Ll, Lu, Ll, Lu,
    Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, X2(Ll), Lu, Ll, Lu, Ll, Lu,
    Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, X2(Ll), Lu, Lt, Ll, Lu, Ll,
    X2(Lu), Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll,
    /* 4 */
    Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu,
    Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll,
    Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, X4(Ll), X2(Ll), Ll,
    X2(Lu), Ll, X2(Lu), X2(Ll), Lu, Ll, X4(Lu), Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu,
    X32(Ll), X16(Ll), Ll,
    /* 5 */
    X16(Ll), X4(Ll), Lo, X16(Ll), X8(Ll), X2(Ll), Ll, X16(Lm), X2(Lm), X4(Sk),
    X8(Lm), X4(Lm), X8(Sk), X4(Sk), X2(Sk), X4(Lm), Lm, X4(Sk), X2(Sk), Sk, Lm,
    Sk, Lm, X16(Sk), Sk,
    /* 6 */
    X64(Mn), X32(Mn), X16(Mn), Lu, Ll, Lu, Ll, Lm, Sk, Lu, Ll, X2(Cn), Lm,
    X2(Ll), Ll, Po, Lu,
    /* 7 */
    X4(Cn), X2(Sk), Lu, Po, X2(Lu), Lu, Cn, Lu, Cn, X2(Lu), Ll, X16(Lu), Lu, Cn,
    X8(Lu), Lu, X32(Ll), X2(Ll), Ll, Lu, X2(Ll), X2(Lu), Lu, X2(Ll), Ll, Lu, Ll,
    Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu,
    Ll, Lu, X4(Ll), Ll, Lu, Ll, Sm, Lu, Ll, X2(Lu), X2(Ll), X2(Lu), Lu,
    /* 8 */
    X32(Lu), X16(Lu), X32(Ll), X16(Ll), Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll,
    Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu,
    Ll, Lu, Ll,
    /* 9 */
    Lu, Ll, So, X4(Mn), Mn, X2(Me), Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu,
    Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll,
    Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu,
    Ll, Lu, Ll, Lu, Ll, X2(Lu), Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu,
    X2(Ll), Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu,
    Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll,
    Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll,
    /* 10 */
    Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu,
    Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll,
    Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Cn, X32(Lu), X4(Lu), X2(Lu), X2(Cn),
    Lm, X4(Po), X2(Po), X32(Ll),
    /* 11 */
    X8(Ll), Ll, Po, Pd, X2(Cn), X2(So), Sc, Cn, X32(Mn), X8(Mn), X4(Mn), Mn, Pd,
    Mn, Po, X2(Mn), Po, X2(Mn), Po, Mn, X8(Cn), X16(Lo), X8(Lo), X2(Lo), Lo,
    X4(Cn), X4(Lo), X2(Po), X8(Cn), X2(Cn), Cn,
    /* 12 */
    X4(Cf), X2(Cf), X2(Sm), Sm, X2(Po), Sc, X2(Po), X2(So), X8(Mn), X2(Mn), Mn,
    Po, Cf, X2(Po), Po, X32(Lo), Lm, X8(Lo), X2(Lo), X16(Mn), X4(Mn), Mn,
    X8(Nd), X2(Nd), X4(Po), X2(Lo), Mn, X8(Lo), X4(Lo), X2(Lo), Lo,
    /* 13 */
    X64(Lo), X16(Lo), X4(Lo), Po, Lo, X4(Mn), X2(Mn), Mn, Cf, So, X4(Mn),
    X2(Mn), X2(Lm), X2(Mn), So, X4(Mn), X2(Lo), X8(Nd), X2(Nd), X2(Lo), Lo,
    X2(So), Lo,
    /* 14 */
    X8(Po), X4(Po), X2(Po), Cn, Cf, Lo, Mn, X16(Lo), X8(Lo), X4(Lo), X2(Lo),
    X16(Mn), X8(Mn), X2(Mn), Mn, X2(Cn), X32(Lo), X16(Lo), X2(Lo), Lo,
    /* 15 */
    X32(Lo), X4(Lo), X2(Lo), X8(Mn), X2(Mn), Mn, Lo, X8(Cn), X4(Cn), X2(Cn),
    X8(Nd), X2(Nd), X32(Lo), Lo, X8(Mn), Mn, X2(Lm), So, X2(Po), Po, Lm, X2(Cn),
    Mn, X2(Sc),
    /* 16 */
    X16(Lo), X4(Lo), X2(Lo), X4(Mn), Lm, X8(Mn), Mn, Lm, X2(Mn), Mn, Lm, X4(Mn),
    Mn, X2(Cn), X8(Po), X4(Po), X2(Po), Po, Cn, X16(Lo), X8(Lo), Lo, X2(Mn), Mn,
    X2(Cn), Po, Cn, X8(Lo), X2(Lo), Lo, X4(Cn), Cn, X16(Lo),
    /* 17 */
    X8(Lo), Sk, X4(Lo), X2(Lo), Cn, X2(Cf), X4(Cn), Cn, X8(Mn), Mn, X32(Lo),
    X8(Lo), Lo, Lm, X16(Mn), X8(Mn), Cf, X16(Mn), X8(Mn), X4(Mn), Mn,
    /* 18 */
    X2(Mn), Mn, Mc, X32(Lo), X16(Lo), X4(Lo), X2(Lo), Mn, Mc, Mn, Lo, X2(Mc),
    Mc, X8(Mn), X4(Mc), Mn, X2(Mc), Lo, X4(Mn), X2(Mn), Mn, X8(Lo), X2(Lo),
    X2(Mn), X2(Po), X8(Nd), X2(Nd), Po, Lm, X8(Lo), X4(Lo), X2(Lo),
    /* 19 */
    Lo, Mn, X2(Mc), Cn, X8(Lo), X2(Cn), X2(Lo), X2(Cn), X16(Lo), X4(Lo), X2(Lo),
    Cn, X4(Lo), X2(Lo), Lo, Cn, Lo, X2(Cn), Cn, X4(Lo), X2(Cn), Mn, Lo, X2(Mc),
    Mc, X4(Mn), X2(Cn), X2(Mc), X2(Cn), X2(Mc), Mn, Lo, X8(Cn), Mc, X4(Cn),
    X2(Lo), Cn, X2(Lo), Lo, X2(Mn), X2(Cn), X8(Nd), X2(Nd), X2(Lo), X2(Sc),
    X4(No), X2(No), So, Sc, Lo, Po, Mn, Cn,
    /* 20 */
    Cn, X2(Mn), Mc, Cn, X4(Lo), X2(Lo), X4(Cn), X2(Lo), X2(Cn), X16(Lo), X4(Lo),
    X2(Lo), Cn, X4(Lo), X2(Lo), Lo, Cn, X2(Lo), Cn, X2(Lo), Cn, X2(Lo), X2(Cn),
    Mn, Cn, X2(Mc), Mc, X2(Mn), X4(Cn), X2(Mn), X2(Cn), X2(Mn), Mn, X2(Cn), Cn,
    Mn, X4(Cn), X2(Cn), Cn, X4(Lo), Cn, Lo, X4(Cn), X2(Cn), Cn, X8(Nd), X2(Nd),
    X2(Mn), X2(Lo), Lo, Mn, Po, X8(Cn), Cn,
    /* 21 */
    Cn, X2(Mn), Mc, Cn, X8(Lo), Lo, Cn, X2(Lo), Lo, Cn, X16(Lo), X4(Lo), X2(Lo),
    Cn, X4(Lo), X2(Lo), Lo, Cn, X2(Lo), Cn, X4(Lo), Lo, X2(Cn), Mn, Lo, X2(Mc),
    Mc, X4(Mn), Mn, Cn, X2(Mn), Mc, Cn, X2(Mc), Mn, X2(Cn), Lo, X8(Cn), X4(Cn),
    X2(Cn), Cn, X2(Lo), X2(Mn), X2(Cn), X8(Nd), X2(Nd), Po, Sc, X4(Cn), X2(Cn),
    Cn, Lo, X4(Mn), X2(Mn),
    /* 22 */
    Cn, Mn, X2(Mc), Cn, X8(Lo), X2(Cn), X2(Lo), X2(Cn), X16(Lo), X4(Lo), X2(Lo),
    Cn, X4(Lo), X2(Lo), Lo, Cn, X2(Lo), Cn, X4(Lo), Lo, X2(Cn), Mn, Lo, Mc, Mn,
    Mc, X4(Mn), X2(Cn), X2(Mc), X2(Cn), X2(Mc), Mn, X4(Cn), X2(Cn), Cn, X2(Mn),
    Mc, X4(Cn), X2(Lo), Cn, X2(Lo), Lo, X2(Mn), X2(Cn), X8(Nd), X2(Nd), So, Lo,
    X4(No), X2(No), X8(Cn),
    /* 23 */
    X2(Cn), Mn, Lo, Cn, X4(Lo), X2(Lo), X2(Cn), Cn, X2(Lo), Lo, Cn, X4(Lo),
    X2(Cn), Cn, X2(Lo), Cn, Lo, Cn, X2(Lo), X2(Cn), Cn, X2(Lo), X2(Cn), Cn,
    X2(Lo), Lo, X2(Cn), Cn, X8(Lo), X4(Lo), X4(Cn), X2(Mc), Mn, X2(Mc), X2(Cn),
    Cn, X2(Mc), Mc, Cn, X2(Mc), Mc, Mn, X2(Cn), Lo, X4(Cn), X2(Cn), Mc, X8(Cn),
    X4(Cn), X2(Cn), X8(Nd), X2(Nd), X2(No), No, X4(So), X2(So), Sc, So, X4(Cn),
    Cn,
    /* 24 */
    Mn, X2(Mc), Mc, Mn, X8(Lo), Cn, X2(Lo), Lo, Cn, X16(Lo), X4(Lo), X2(Lo), Lo,
    Cn, X16(Lo), X2(Cn), Mn, Lo, X2(Mn), Mn, X4(Mc), Cn, X2(Mn), Mn, Cn, X4(Mn),
    X4(Cn), X2(Cn), Cn, X2(Mn), Cn, X2(Lo), Lo, X2(Cn), Lo, X2(Cn), X2(Lo),
    X2(Mn), X2(Cn), X8(Nd), X2(Nd), X4(Cn), X2(Cn), Cn, Po, X4(No), X2(No), No,
    So,
    /* 25 */
    Lo, Mn, X2(Mc), Po, X8(Lo), Cn, X2(Lo), Lo, Cn, X16(Lo), X4(Lo), X2(Lo), Lo,
    Cn, X8(Lo), X2(Lo), Cn, X4(Lo), Lo, X2(Cn), Mn, Lo, Mc, Mn, X4(Mc), Mc, Cn,
    Mn, X2(Mc), Cn, X2(Mc), X2(Mn), X4(Cn), X2(Cn), Cn, X2(Mc), X4(Cn), X2(Cn),
    X2(Lo), Cn, X2(Lo), X2(Mn), X2(Cn), X8(Nd), X2(Nd), Cn, X2(Lo), Mc, X8(Cn),
    X4(Cn),
    /* 26 */
    X2(Mn), X2(Mc), X8(Lo), Lo, Cn, X2(Lo), Lo, Cn, X32(Lo), X8(Lo), Lo, X2(Mn),
    Lo, X2(Mc), Mc, X4(Mn), Cn, X2(Mc), Mc, Cn, X2(Mc), Mc, Mn, Lo, So, X4(Cn),
    X2(Lo), Lo, Mc, X4(No), X2(No), No, X2(Lo), Lo, X2(Mn), X2(Cn), X8(Nd),
    X2(Nd), X8(No), No, So, X4(Lo), X2(Lo),
    /* 27 */
    Cn, Mn, X2(Mc), Cn, X16(Lo), X2(Lo), X2(Cn), Cn, X16(Lo), X8(Lo), Cn,
    X8(Lo), Lo, Cn, Lo, X2(Cn), X4(Lo), X2(Lo), Lo, X2(Cn), Cn, Mn, X4(Cn),
    X2(Mc), Mc, X2(Mn), Mn, Cn, Mn, Cn, X8(Mc), X4(Cn), X2(Cn), X8(Nd), X2(Nd),
    X2(Cn), X2(Mc), Po, X8(Cn), X2(Cn), Cn,
    /* 28 */
    Cn, X32(Lo), X16(Lo), Mn, X2(Lo), X4(Mn), X2(Mn), Mn, X4(Cn), Sc, X4(Lo),
    X2(Lo), Lm, X8(Mn), Po, X8(Nd), X2(Nd), X2(Po), X32(Cn), X4(Cn),
    /* 29 */
    Cn, X2(Lo), Cn, Lo, Cn, X4(Lo), Lo, Cn, X16(Lo), X8(Lo), Cn, Lo, Cn, X8(Lo),
    X2(Lo), Mn, X2(Lo), X8(Mn), Mn, Lo, X2(Cn), X4(Lo), Lo, Cn, Lm, Cn, X4(Mn),
    X2(Mn), Mn, Cn, X8(Nd), X2(Nd), X2(Cn), X4(Lo), X32(Cn),
    /* 30 */
    Lo, X2(So), So, X8(Po), X4(Po), X2(Po), Po, So, Po, X2(So), So, X2(Mn),
    X4(So), X2(So), X8(Nd), X2(Nd), X8(No), X2(No), So, Mn, So, Mn, So, Mn, Ps,
    Pe, Ps, Pe, X2(Mc), X8(Lo), Cn, X32(Lo), X4(Lo), X4(Cn), X8(Mn), X4(Mn),
    X2(Mn), Mc,
    /* 31 */
    X4(Mn), Mn, Po, X2(Mn), X4(Lo), Lo, X8(Mn), X2(Mn), Mn, Cn, X32(Mn), X4(Mn),
    Cn, X8(So), Mn, X4(So), X2(So), Cn, X2(So), X4(Po), Po, X4(So), X2(Po),
    X32(Cn), X4(Cn), Cn,
    /* 32 */
    X32(Lo), X8(Lo), X2(Lo), Lo, X2(Mc), X4(Mn), Mc, X4(Mn), X2(Mn), Mc, X2(Mn),
    X2(Mc), X2(Mn), Lo, X8(Nd), X2(Nd), X4(Po), X2(Po), X4(Lo), X2(Lo), X2(Mc),
    X2(Mn), X4(Lo), X2(Mn), Mn, Lo, X2(Mc), Mc, X2(Lo), X4(Mc), X2(Mc), Mc,
    X2(Lo), Lo, X4(Mn), X8(Lo), X2(Lo), Lo,
    /* 33 */
    X2(Lo), Mn, X2(Mc), X2(Mn), X4(Mc), X2(Mc), Mn, Lo, Mc, X8(Nd), X2(Nd),
    X2(Mc), Mc, Mn, X2(So), X32(Lu), X4(Lu), X2(Lu), Cn, Lu, X4(Cn), Cn, Lu,
    X2(Cn), X32(Ll), X8(Ll), X2(Ll), Ll, Po, Lm, X2(Ll), Ll,
    /* 34 */
    X128(Lo),
    /* 35 */
    X64(Lo), X8(Lo), Lo, Cn, X4(Lo), X2(Cn), X4(Lo), X2(Lo), Lo, Cn, Lo, Cn,
    X4(Lo), X2(Cn), X32(Lo),
    /* 36 */
    X8(Lo), Lo, Cn, X4(Lo), X2(Cn), X32(Lo), Lo, Cn, X4(Lo), X2(Cn), X4(Lo),
    X2(Lo), Lo, Cn, Lo, Cn, X4(Lo), X2(Cn), X8(Lo), X4(Lo), X2(Lo), Lo, Cn,
    X32(Lo), X8(Lo),
    /* 37 */
    X16(Lo), Lo, Cn, X4(Lo), X2(Cn), X64(Lo), X2(Lo), Lo, X2(Cn), X2(Mn), Mn,
    X8(Po), Po, X16(No), X4(No), X2(Cn), Cn,
    /* 38 */
    X16(Lo), X8(So), X2(So), X4(Cn), X2(Cn), X64(Lu), X16(Lu), X4(Lu), X2(Lu),
    X2(Cn), X4(Ll), X2(Ll), X2(Cn),
    /* 39 */
    Pd, X64(Lo), X32(Lo), X16(Lo), X8(Lo), X4(Lo), X2(Lo), Lo,
    /* 40 */
    X64(Lo), X32(Lo), X8(Lo), X4(Lo), Lo, So, Po, X16(Lo), Lo,
    /* 41 */
    Zs, X16(Lo), X8(Lo), X2(Lo), Ps, Pe, X2(Cn), Cn, X64(Lo), X8(Lo), X2(Lo),
    Lo, X2(Po), Po, X2(Nl), Nl, X8(Lo), X4(Cn), X2(Cn), Cn,
    /* 42 */
    X16(Lo), X2(Lo), X2(Mn), Mn, Mc, X8(Cn), Cn, X16(Lo), X2(Lo), Lo, X2(Mn),
    Mc, X2(Po), X8(Cn), Cn, X16(Lo), X2(Lo), X2(Mn), X8(Cn), X4(Cn), X8(Lo),
    X4(Lo), Lo, Cn, X2(Lo), Lo, Cn, X2(Mn), X8(Cn), X4(Cn),
    /* 43 */
    X32(Lo), X16(Lo), X4(Lo), X2(Mn), Mc, X4(Mn), X2(Mn), Mn, X8(Mc), Mn,
    X2(Mc), X8(Mn), X2(Mn), Mn, X2(Po), Po, Lm, X2(Po), Po, Sc, Lo, Mn, X2(Cn),
    X8(Nd), X2(Nd), X4(Cn), X2(Cn), X8(No), X2(No), X4(Cn), X2(Cn),
    /* 44 */
    X4(Po), X2(Po), Pd, X4(Po), X2(Mn), Mn, Cf, Mn, X8(Nd), X2(Nd), X4(Cn),
    X2(Cn), X32(Lo), X2(Lo), Lo, Lm, X32(Lo), X16(Lo), X4(Lo), Lo, X4(Cn),
    X2(Cn), Cn,
    /* 45 */
    X4(Lo), Lo, X2(Mn), X32(Lo), X2(Lo), Mn, Lo, X4(Cn), Cn, X64(Lo), X4(Lo),
    X2(Lo), X8(Cn), X2(Cn),
    /* 46 */
    X16(Lo), X8(Lo), X4(Lo), X2(Lo), Lo, Cn, X2(Mn), Mn, X4(Mc), X2(Mn), X2(Mc),
    Mc, X4(Cn), X2(Mc), Mn, X4(Mc), X2(Mc), X2(Mn), Mn, X4(Cn), So, X2(Cn), Cn,
    X2(Po), X8(Nd), X2(Nd), X16(Lo), X8(Lo), X4(Lo), X2(Lo), X2(Cn), X4(Lo), Lo,
    X8(Cn), X2(Cn), Cn,
    /* 47 */
    X32(Lo), X8(Lo), X4(Lo), X4(Cn), X16(Lo), X8(Lo), X2(Lo), X4(Cn), X2(Cn),
    X8(Nd), X2(Nd), No, X2(Cn), Cn, X32(So), X2(So),
    /* 48 */
    X16(Lo), X4(Lo), X2(Lo), Lo, X2(Mn), X2(Mc), Mn, X2(Cn), X2(Po), X32(Lo),
    X16(Lo), X4(Lo), Lo, Mc, Mn, Mc, X4(Mn), X2(Mn), Mn, Cn, Mn, Mc, Mn, X2(Mc),
    X8(Mn), X4(Mc), X2(Mc), X8(Mn), X2(Mn), X2(Cn), Mn,
    /* 49 */
    X8(Nd), X2(Nd), X4(Cn), X2(Cn), X8(Nd), X2(Nd), X4(Cn), X2(Cn), X4(Po),
    X2(Po), Po, Lm, X4(Po), X2(Po), X2(Cn), X8(Mn), X4(Mn), X2(Mn), Me, X16(Mn),
    X32(Cn), X16(Cn), Cn,
    /* 50 */
    X4(Mn), Mc, X32(Lo), X8(Lo), X4(Lo), X2(Lo), Lo, Mn, Mc, X4(Mn), Mn, Mc, Mn,
    X4(Mc), Mc, Mn, X2(Mc), X8(Lo), Cn, X2(Po), X8(Nd), X2(Nd), X4(Po), X2(Po),
    Po, X8(So), X2(So), X8(Mn), Mn, X8(So), So, X2(Po), Po,
    /* 51 */
    X2(Mn), Mc, X16(Lo), X8(Lo), X4(Lo), X2(Lo), Mc, X4(Mn), X2(Mc), X2(Mn), Mc,
    X2(Mn), Mn, X2(Lo), X8(Nd), X2(Nd), X32(Lo), X8(Lo), X4(Lo), Mn, Mc, X2(Mn),
    X2(Mc), Mc, Mn, Mc, X2(Mn), Mn, X2(Mc), X8(Cn), X4(Po),
    /* 52 */
    X32(Lo), X4(Lo), X8(Mc), X8(Mn), X2(Mc), X2(Mn), X2(Cn), Cn, X4(Po), Po,
    X8(Nd), X2(Nd), X2(Cn), Cn, X2(Lo), Lo, X8(Nd), X2(Nd), X16(Lo), X8(Lo),
    X4(Lo), X2(Lo), X4(Lm), X2(Lm), X2(Po),
    /* 53 */
    X8(Ll), Ll, Lu, Ll, X4(Cn), Cn, X32(Lu), X8(Lu), X2(Lu), Lu, X2(Cn), X2(Lu),
    Lu, X8(Po), X8(Cn), X2(Mn), Mn, Po, X8(Mn), X4(Mn), Mn, Mc, X4(Mn), X2(Mn),
    Mn, X4(Lo), Mn, X4(Lo), X2(Lo), Mn, X2(Lo), Mc, X2(Mn), Lo, X4(Cn), Cn,
    /* 54 */
    X32(Ll), X8(Ll), X4(Ll), X32(Lm), X16(Lm), X8(Lm), X4(Lm), X2(Lm), Lm,
    X8(Ll), X4(Ll), Ll, Lm, X4(Ll), X2(Ll), Ll,
    /* 55 */
    X16(Ll), X8(Ll), X2(Ll), Ll, X32(Lm), X4(Lm), Lm, X64(Mn),
    /* 56 */
    Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu,
    Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll,
    Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu,
    Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll,
    Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu,
    Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll,
    Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll,
    /* 57 */
    Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu,
    Ll, Lu, X8(Ll), Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll,
    Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu,
    Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll,
    Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu,
    Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll,
    Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll,
    /* 58 */
    X8(Ll), X8(Lu), X4(Ll), X2(Ll), X2(Cn), X4(Lu), X2(Lu), X2(Cn), X8(Ll),
    X8(Lu), X8(Ll), X8(Lu), X4(Ll), X2(Ll), X2(Cn), X4(Lu), X2(Lu), X2(Cn),
    X8(Ll), Cn, Lu, Cn, Lu, Cn, Lu, Cn, Lu, X8(Ll), X8(Lu), X8(Ll), X4(Ll),
    X2(Ll), X2(Cn),
    /* 59 */
    X8(Ll), X8(Lt), X8(Ll), X8(Lt), X8(Ll), X8(Lt), X4(Ll), Ll, Cn, X2(Ll),
    X4(Lu), Lt, Sk, Ll, X2(Sk), Sk, X2(Ll), Ll, Cn, X2(Ll), X4(Lu), Lt, X2(Sk),
    Sk, X4(Ll), X2(Cn), X2(Ll), X4(Lu), Cn, X2(Sk), Sk, X8(Ll), X4(Lu), Lu,
    X2(Sk), Sk, X2(Cn), X2(Ll), Ll, Cn, X2(Ll), X4(Lu), Lt, X2(Sk), Cn,
    /* 60 */
    X8(Zs), X2(Zs), Zs, X4(Cf), Cf, X4(Pd), X2(Pd), X2(Po), Pi, Pf, Ps, X2(Pi),
    Pf, Ps, Pi, X8(Po), Zl, Zp, X4(Cf), Cf, Zs, X8(Po), Po, Pi, Pf, X4(Po),
    X2(Pc), X2(Po), Po, Sm, Ps, Pe, X8(Po), X2(Po), Po, Sm, Po, Pc, X8(Po),
    X2(Po), Zs, X4(Cf), Cf, Cn, X8(Cf), X2(Cf), No, Lm, X2(Cn), X4(No), X2(No),
    X2(Sm), Sm, Ps, Pe, Lm,
    /* 61 */
    X8(No), X2(No), X2(Sm), Sm, Ps, Pe, Cn, X8(Lm), X4(Lm), Lm, X2(Cn), Cn,
    X32(Sc), Sc, X8(Cn), X4(Cn), X2(Cn), Cn, X8(Mn), X4(Mn), Mn, X4(Me), Mn,
    X2(Me), Me, X8(Mn), X4(Mn), X8(Cn), X4(Cn), X2(Cn), Cn,
    /* 62 */
    X2(So), Lu, X4(So), Lu, X2(So), Ll, X2(Lu), Lu, X2(Ll), X2(Lu), Lu, Ll, So,
    Lu, X2(So), Sm, X4(Lu), Lu, X4(So), X2(So), Lu, So, Lu, So, Lu, So, X4(Lu),
    So, Ll, X4(Lu), Ll, X4(Lo), Ll, X2(So), X2(Ll), X2(Lu), X4(Sm), Sm, Lu,
    X4(Ll), So, Sm, X2(So), Ll, So, X16(No), X32(Nl),
    /* 63 */
    X2(Nl), Nl, Lu, Ll, X4(Nl), No, X2(So), X4(Cn), X4(Sm), Sm, X4(So), So,
    X2(Sm), X4(So), Sm, X2(So), Sm, X2(So), Sm, X4(So), X2(So), So, Sm, X16(So),
    X8(So), X4(So), X2(So), So, X2(Sm), X2(So), Sm, So, Sm, X16(So), X8(So),
    X4(So), X2(So), So, X8(Sm), X4(Sm),
    /* 64 */
    X128(Sm),
    /* 65 */
    X8(So), Ps, Pe, Ps, Pe, X16(So), X4(So), X2(Sm), X4(So), X2(So), So, Ps, Pe,
    X64(So), X16(So), So, Sm, X2(So), So,
    /* 66 */
    X16(So), X8(So), X2(So), So, X16(Sm), X8(Sm), Sm, X32(So), X8(So), X4(Sm),
    X2(Sm), X16(So), X8(So), X4(So), X2(So),
    /* 67 */
    X32(So), X8(So), X2(So), X16(Cn), X4(Cn), X2(Cn), X8(So), X2(So), So,
    X16(Cn), X4(Cn), Cn, X32(No),
    /* 68 */
    X16(No), X8(No), X4(No), X64(So), X8(So), X4(So), X2(So), X16(No), X4(No),
    X2(No),
    /* 69 */
    X128(So),
    /* 70 */
    X32(So), X16(So), X4(So), X2(So), So, Sm, X8(So), So, Sm, X32(So), X16(So),
    X4(So), X2(So), X8(Sm),
    /* 71 */
    X64(So), X32(So), X8(So), X4(So), X2(So), So, Sm, X16(So),
    /* 72 */
    X64(So), X32(So), X8(So), Ps, Pe, Ps, Pe, Ps, Pe, Ps, Pe, Ps, Pe, Ps, Pe,
    Ps, Pe, X8(No), X2(No),
    /* 73 */
    X16(No), X4(No), X32(So), X8(So), X4(So), X4(Sm), Sm, Ps, Pe, X16(Sm),
    X8(Sm), X4(Sm), X2(Sm), Sm, Ps, Pe, Ps, Pe, Ps, Pe, Ps, Pe, Ps, Pe, X16(Sm),
    /* 74 */
    X2(Sm), Sm, Ps, Pe, Ps, Pe, Ps, Pe, Ps, Pe, Ps, Pe, Ps, Pe, Ps, Pe, Ps, Pe,
    Ps, Pe, Ps, Pe, Ps, Pe, X32(Sm), X16(Sm), X8(Sm), X4(Sm), X2(Sm), Sm, Ps,
    Pe, Ps, Pe, X32(Sm), Ps, Pe, X2(Sm),
    /* 75 */
    X32(So), X16(So), X16(Sm), X4(Sm), Sm, X2(So), X4(Sm), X2(Sm), X32(So),
    X4(So), X2(So), So, X2(Cn), X8(So), X2(So),
    /* 76 */
    X16(So), X4(So), X2(So), Cn, X64(So), X32(So), X8(So), So,
    /* 77 */
    X32(Lu), X16(Lu), X32(Ll), X16(Ll), Lu, Ll, X2(Lu), Lu, X2(Ll), Lu, Ll, Lu,
    Ll, Lu, Ll, X4(Lu), Ll, Lu, X2(Ll), Lu, X4(Ll), X2(Ll), X2(Lm), X2(Lu),
    /* 78 */
    Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu,
    Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll,
    Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu,
    Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll,
    Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu,
    Ll, Lu, Ll, Lu, X2(Ll), X4(So), X2(So), Lu, Ll, Lu, Ll, X2(Mn), Mn, Lu, Ll,
    X4(Cn), Cn, X4(Po), No, X2(Po),
    /* 79 */
    X32(Ll), X4(Ll), X2(Ll), Cn, Ll, X4(Cn), Cn, Ll, X2(Cn), X32(Lo), X16(Lo),
    X8(Lo), X4(Cn), X2(Cn), Cn, Lm, Po, X8(Cn), X4(Cn), X2(Cn), Mn,
    /* 80 */
    X16(Lo), X4(Lo), X2(Lo), Lo, X8(Cn), Cn, X4(Lo), X2(Lo), Lo, Cn, X4(Lo),
    X2(Lo), Lo, Cn, X4(Lo), X2(Lo), Lo, Cn, X4(Lo), X2(Lo), Lo, Cn, X4(Lo),
    X2(Lo), Lo, Cn, X4(Lo), X2(Lo), Lo, Cn, X4(Lo), X2(Lo), Lo, Cn, X4(Lo),
    X2(Lo), Lo, Cn, X32(Mn),
    /* 81 */
    X2(Po), Pi, Pf, Pi, Pf, X2(Po), Po, Pi, Pf, Po, Pi, Pf, X8(Po), Po, Pd,
    X2(Po), Pd, Po, Pi, Pf, X2(Po), Pi, Pf, Ps, Pe, Ps, Pe, Ps, Pe, Ps, Pe,
    X4(Po), Po, Lm, X8(Po), X2(Po), X2(Pd), X4(Po), Pd, Po, Ps, X8(Po), X4(Po),
    Po, X2(So), X2(Po), Po, Ps, Pe, Ps, Pe, Ps, Pe, Ps, Pe, Pd, X32(Cn), X2(Cn),
    /* 82 */
    X16(So), X8(So), X2(So), Cn, X64(So), X16(So), X8(So), So, X8(Cn), X4(Cn),
    /* 83 */
    X64(So), X16(So), X4(So), X2(So), X16(Cn), X8(Cn), X2(Cn), X16(So),
    /* 84 */
    Zs, X2(Po), Po, So, Lm, Lo, Nl, Ps, Pe, Ps, Pe, Ps, Pe, Ps, Pe, Ps, Pe,
    X2(So), Ps, Pe, Ps, Pe, Ps, Pe, Ps, Pe, Pd, Ps, X2(Pe), So, X8(Nl), Nl,
    X4(Mn), X2(Mc), Pd, X4(Lm), Lm, X2(So), X2(Nl), Nl, Lm, Lo, Po, X2(So), Cn,
    X32(Lo), X16(Lo), X8(Lo), X4(Lo), X2(Lo), Lo,
    /* 85 */
    X16(Lo), X4(Lo), X2(Lo), Lo, X2(Cn), X2(Mn), X2(Sk), X2(Lm), Lo, Pd,
    X64(Lo), X16(Lo), X8(Lo), X2(Lo), Po, X2(Lm), Lm, Lo,
    /* 86 */
    X4(Cn), Cn, X32(Lo), X8(Lo), X2(Lo), Lo, Cn, X64(Lo), X8(Lo), X4(Lo),
    X2(Lo), Lo,
    /* 87 */
    X8(Lo), X4(Lo), X2(Lo), Lo, Cn, X2(So), X4(No), X8(So), X2(So), X32(Lo),
    X32(So), X4(So), X2(So), X8(Cn), Cn, So, X16(Lo),
    /* 88 */
    X16(So), X8(So), X4(So), X2(So), So, Cn, X8(No), X2(No), X16(So), X8(So),
    X4(So), X2(So), X8(No), So, X8(No), X4(No), X2(No), No, X32(So),
    /* 89 */
    X8(No), X2(No), X32(So), X4(So), X2(So), So, X8(No), X4(No), X2(No), No,
    X64(So),
    /* 90 */
    X64(Lo), X64(So),
    /* 91 */
    X16(Lo), X4(Lo), Lo, Lm, X64(Lo), X32(Lo), X8(Lo), X2(Lo),
    /* 92 */
    X8(Lo), X4(Lo), Lo, X2(Cn), Cn, X32(So), X16(So), X4(So), X2(So), So,
    X8(Cn), Cn, X32(Lo), X8(Lo), X4(Lm), X2(Lm), X2(Po),
    /* 93 */
    X8(Lo), X4(Lo), Lm, X2(Po), Po, X16(Lo), X8(Nd), X2(Nd), X2(Lo), X16(Cn),
    X4(Cn), Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu,
    Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll,
    Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lo, Mn, X2(Me), Me, Po, X8(Mn),
    X2(Mn), Po, Lm,
    /* 94 */
    Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu,
    Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, X2(Lm), X2(Mn), X64(Lo), X4(Lo), X2(Lo),
    X8(Nl), X2(Nl), X2(Mn), X4(Po), X2(Po), X8(Cn),
    /* 95 */
    X16(Sk), X4(Sk), X2(Sk), Sk, X8(Lm), Lm, X2(Sk), Lu, Ll, Lu, Ll, Lu, Ll, Lu,
    Ll, Lu, Ll, Lu, Ll, Lu, X2(Ll), Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll,
    Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu,
    Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll,
    Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lm, X8(Ll), Lu, Ll,
    Lu, Ll, X2(Lu), Ll,
    /* 96 */
    Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lm, X2(Sk), Lu, Ll, Lu, Ll, Lo, Lu, Ll, Lu,
    X2(Ll), Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll,
    Lu, Ll, Lu, Ll, X4(Lu), Lu, Ll, X4(Lu), Lu, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu,
    Ll, Lu, Ll, Lu, Ll, Lu, Ll, X4(Lu), Ll, Lu, Ll, X2(Lu), Ll, X2(Cn), Lu, Ll,
    Cn, Ll, Cn, Ll, Lu, Ll, Lu, Ll, Lu, Ll, Lu, X16(Cn), X4(Cn), Cn, X2(Lm), Lm,
    Lu, Ll, Lo, X2(Lm), Ll, X4(Lo), Lo,
    /* 97 */
    X2(Lo), Mn, X2(Lo), Lo, Mn, X4(Lo), Mn, X16(Lo), X4(Lo), X2(Lo), Lo, X2(Mc),
    X2(Mn), Mc, X4(So), Mn, X2(Cn), Cn, X4(No), X2(No), X2(So), Sc, So, X4(Cn),
    X2(Cn), X32(Lo), X16(Lo), X4(Lo), X4(Po), X8(Cn),
    /* 98 */
    X2(Mc), X32(Lo), X16(Lo), X2(Lo), X16(Mc), X2(Mn), X8(Cn), X2(Po), X8(Nd),
    X2(Nd), X4(Cn), X2(Cn), X16(Mn), X2(Mn), X4(Lo), X2(Lo), X2(Po), Po, Lo, Po,
    X2(Lo), Mn,
    /* 99 */
    X8(Nd), X2(Nd), X16(Lo), X8(Lo), X4(Lo), X8(Mn), X2(Po), X16(Lo), X4(Lo),
    X2(Lo), Lo, X8(Mn), X2(Mn), Mn, X2(Mc), X8(Cn), X2(Cn), Cn, Po, X16(Lo),
    X8(Lo), X4(Lo), Lo, X2(Cn), Cn,
    /* 100 */
    X2(Mn), Mn, Mc, X32(Lo), X8(Lo), X4(Lo), X2(Lo), Lo, Mn, X2(Mc), X4(Mn),
    X2(Mc), X2(Mn), X2(Mc), Mc, X8(Po), X4(Po), Po, Cn, Lm, X8(Nd), X2(Nd),
    X4(Cn), X2(Po), X4(Lo), Lo, Mn, Lm, X8(Lo), Lo, X8(Nd), X2(Nd), X4(Lo), Lo,
    Cn,
    /* 101 */
    X32(Lo), X8(Lo), Lo, X4(Mn), X2(Mn), X2(Mc), X2(Mn), X2(Mc), X2(Mn), X8(Cn),
    Cn, X2(Lo), Lo, Mn, X8(Lo), Mn, Mc, X2(Cn), X8(Nd), X2(Nd), X2(Cn), X4(Po),
    X16(Lo), Lm, X4(Lo), X2(Lo), X2(So), So, Lo, Mc, Mn, Mc, X2(Lo),
    /* 102 */
    X32(Lo), X16(Lo), Mn, Lo, X2(Mn), Mn, X2(Lo), X2(Mn), X4(Lo), Lo, X2(Mn),
    Lo, Mn, Lo, X16(Cn), X8(Cn), X2(Lo), Lm, X2(Po), X8(Lo), X2(Lo), Lo, Mc,
    X2(Mn), X2(Mc), X2(Po), Lo, X2(Lm), Mc, Mn, X8(Cn), Cn,
    /* 103 */
    Cn, X4(Lo), X2(Lo), X2(Cn), X4(Lo), X2(Lo), X2(Cn), X4(Lo), X2(Lo), X8(Cn),
    Cn, X4(Lo), X2(Lo), Lo, Cn, X4(Lo), X2(Lo), Lo, Cn, X32(Ll), X8(Ll), X2(Ll),
    Ll, Sk, X4(Lm), X8(Ll), Ll, Lm, X2(Sk), X4(Cn), X16(Ll),
    /* 104 */
    X64(Ll), X32(Lo), X2(Lo), Lo, X2(Mc), Mn, X2(Mc), Mn, X2(Mc), Po, Mc, Mn,
    X2(Cn), X8(Nd), X2(Nd), X4(Cn), X2(Cn),
    /* 105 */
    X32(Lo), X4(Lo), X8(Cn), X4(Cn), X16(Lo), X4(Lo), X2(Lo), Lo, X4(Cn),
    X32(Lo), X16(Lo), Lo, X4(Cn),
    /* 106 */
    X128(Cs),
    /* 107 */
    X128(Co),
    /* 108 */
    X64(Lo), X32(Lo), X8(Lo), X4(Lo), X2(Lo), X2(Cn), X16(Lo),
    /* 109 */
    X64(Lo), X16(Lo), X8(Lo), X2(Lo), X32(Cn), X4(Cn), X2(Cn),
    /* 110 */
    X4(Ll), X2(Ll), Ll, X8(Cn), X4(Cn), X4(Ll), Ll, X4(Cn), Cn, Lo, Mn, X8(Lo),
    X2(Lo), Sm, X8(Lo), X4(Lo), Lo, Cn, X4(Lo), Lo, Cn, Lo, Cn, X2(Lo), Cn,
    X2(Lo), Cn, X32(Lo), X16(Lo), X8(Lo), X2(Lo),
    /* 111 */
    X32(Lo), X16(Lo), X2(Lo), X16(Sk), Sk, X16(Cn), X32(Lo), X8(Lo), X4(Lo), Lo,
    /* 112 */
    X32(Lo), X16(Lo), X8(Lo), X4(Lo), X2(Lo), Pe, Ps, X16(So), X32(Lo), X16(Lo),
    /* 113 */
    X16(Lo), X2(Cn), X32(Lo), X16(Lo), X4(Lo), X2(Lo), X4(Cn), X2(Cn), Cn, So,
    X32(Cn), X8(Lo), X4(Lo), Sc, X2(So), So,
    /* 114 */
    X16(Mn), X4(Po), X2(Po), Po, Ps, Pe, Po, X4(Cn), X2(Cn), X16(Mn), Po,
    X2(Pd), X2(Pc), Ps, Pe, Ps, Pe, Ps, Pe, Ps, Pe, Ps, Pe, Ps, Pe, Ps, Pe, Ps,
    Pe, X2(Po), Ps, Pe, X4(Po), X2(Pc), Pc, X2(Po), Po, Cn, X4(Po), Pd, Ps, Pe,
    Ps, Pe, Ps, Pe, X2(Po), Po, Sm, Pd, X2(Sm), Sm, Cn, Po, Sc, X2(Po), X4(Cn),
    X4(Lo), Lo, Cn, X8(Lo), X2(Lo),
    /* 115 */
    X64(Lo), X32(Lo), X16(Lo), X8(Lo), X4(Lo), Lo, X2(Cn), Cf,
    /* 116 */
    Cn, X2(Po), Po, Sc, X2(Po), Po, Ps, Pe, Po, Sm, Po, Pd, X2(Po), X8(Nd),
    X2(Nd), X2(Po), X2(Sm), Sm, X2(Po), X16(Lu), X8(Lu), X2(Lu), Ps, Po, Pe, Sk,
    Pc, Sk, X16(Ll), X8(Ll), X2(Ll), Ps, Sm, Pe, Sm, Ps, Pe, Po, Ps, Pe, X2(Po),
    X8(Lo), X2(Lo), Lm, X8(Lo), X4(Lo), X2(Lo), Lo,
    /* 117 */
    X16(Lo), X8(Lo), X4(Lo), X2(Lo), X2(Lm), X16(Lo), X8(Lo), X4(Lo), X2(Lo),
    Lo, X2(Cn), Cn, X4(Lo), X2(Lo), X2(Cn), X4(Lo), X2(Lo), X2(Cn), X4(Lo),
    X2(Lo), X2(Cn), X2(Lo), Lo, X2(Cn), Cn, X2(Sc), Sm, Sk, So, X2(Sc), Cn, So,
    X4(Sm), X2(So), X8(Cn), X2(Cn), X2(Cf), Cf, X2(So), X2(Cn),
    /* 118 */
    X8(Lo), X4(Lo), Cn, X16(Lo), X8(Lo), X2(Lo), Cn, X16(Lo), X2(Lo), Lo, Cn,
    X2(Lo), Cn, X8(Lo), X4(Lo), X2(Lo), Lo, X2(Cn), X8(Lo), X4(Lo), X2(Lo),
    X32(Cn), X2(Cn),
    /* 119 */
    X64(Lo), X32(Lo), X16(Lo), X8(Lo), X2(Lo), Lo, X4(Cn), Cn,
    /* 120 */
    X2(Po), Po, X4(Cn), X32(No), X8(No), X4(No), No, X2(Cn), Cn, X8(So), So,
    X32(Nl), X16(Nl), X4(Nl), Nl, X4(No), X4(So), X2(So), So,
    /* 121 */
    X8(So), X2(So), X2(No), X2(So), So, Cn, X8(So), X4(So), So, X2(Cn), Cn, So,
    X32(Cn), X8(Cn), X4(Cn), X2(Cn), Cn, X32(So), X8(So), X4(So), So, Mn,
    X2(Cn),
    /* 122 */
    X128(Cn),
    /* 123 */
    X16(Lo), X8(Lo), X4(Lo), Lo, X2(Cn), Cn, X32(Lo), X16(Lo), Lo, X8(Cn),
    X4(Cn), X2(Cn), Cn, Mn, X16(No), X8(No), X2(No), No, X4(Cn),
    /* 124 */
    X32(Lo), X4(No), X8(Cn), Cn, X16(Lo), X4(Lo), Nl, X8(Lo), Nl, X4(Cn), Cn,
    X32(Lo), X4(Lo), X2(Lo), X4(Mn), Mn, X4(Cn), Cn,
    /* 125 */
    X16(Lo), X8(Lo), X4(Lo), X2(Lo), Cn, Po, X32(Lo), X4(Lo), X4(Cn), X8(Lo),
    Po, X4(Nl), Nl, X32(Cn), X8(Cn), X2(Cn),
    /* 126 */
    X32(Lu), X8(Lu), X32(Ll), X8(Ll), X32(Lo), X16(Lo),
    /* 127 */
    X16(Lo), X8(Lo), X4(Lo), X2(Lo), X2(Cn), X8(Nd), X2(Nd), X4(Cn), X2(Cn),
    X32(Lu), X4(Lu), X4(Cn), X32(Ll), X4(Ll), X4(Cn),
    /* 128 */
    X32(Lo), X8(Lo), X8(Cn), X32(Lo), X16(Lo), X4(Lo), X8(Cn), X2(Cn), Cn, Po,
    X8(Lu), X2(Lu), Lu, Cn, X4(Lu),
    /* 129 */
    X8(Lu), X2(Lu), Lu, Cn, X4(Lu), X2(Lu), Lu, Cn, X2(Lu), Cn, X8(Ll), X2(Ll),
    Ll, Cn, X8(Ll), X4(Ll), X2(Ll), Ll, Cn, X4(Ll), X2(Ll), Ll, Cn, X2(Ll),
    X2(Cn), Cn, X32(Lo), X16(Lo), X4(Lo), X8(Cn), X4(Cn),
    /* 130 */
    X32(Lo), X16(Lo), X4(Lo), X2(Lo), Lo, X8(Cn), Cn, X16(Lo), X4(Lo), X2(Lo),
    X8(Cn), X2(Cn), X8(Lo), X16(Cn), X8(Cn),
    /* 131 */
    X4(Lm), X2(Lm), Cn, X32(Lm), X8(Lm), X2(Lm), Cn, X8(Lm), Lm, X64(Cn),
    X4(Cn), Cn,
    /* 132 */
    X4(Lo), X2(Lo), X2(Cn), Lo, Cn, X32(Lo), X8(Lo), X4(Lo), Cn, X2(Lo), X2(Cn),
    Cn, Lo, X2(Cn), X16(Lo), X4(Lo), X2(Lo), Lo, Cn, Po, X8(No), X16(Lo),
    X4(Lo), X2(Lo), Lo, X2(So), X4(No), X2(No), No,
    /* 133 */
    X16(Lo), X8(Lo), X4(Lo), X2(Lo), Lo, X8(Cn), X8(No), No, X32(Cn), X16(Cn),
    X16(Lo), X2(Lo), Lo, Cn, X2(Lo), X4(Cn), Cn, X4(No), No,
    /* 134 */
    X16(Lo), X4(Lo), X2(Lo), X4(No), X2(No), X2(Cn), Cn, Po, X16(Lo), X8(Lo),
    X2(Lo), X4(Cn), Cn, Po, X64(Cn),
    /* 135 */
    X32(Lo), X16(Lo), X8(Lo), X4(Cn), X2(No), X2(Lo), X16(No), X2(Cn), X32(No),
    X8(No), X4(No), X2(No),
    /* 136 */
    Lo, X2(Mn), Mn, Cn, X2(Mn), X4(Cn), Cn, X4(Mn), X4(Lo), Cn, X2(Lo), Lo, Cn,
    X16(Lo), X8(Lo), X4(Lo), Lo, X2(Cn), X2(Mn), Mn, X4(Cn), Mn, X8(No), No,
    X4(Cn), X2(Cn), Cn, X8(Po), Po, X4(Cn), X2(Cn), Cn, X16(Lo), X8(Lo), X4(Lo),
    Lo, X2(No), Po,
    /* 137 */
    X16(Lo), X8(Lo), X4(Lo), Lo, X2(No), No, X32(Cn), X8(Lo), So, X16(Lo),
    X8(Lo), X4(Lo), X2(Mn), X4(Cn), X4(No), No, X4(Po), X2(Po), Po, X8(Cn), Cn,
    /* 138 */
    X32(Lo), X16(Lo), X4(Lo), X2(Lo), X2(Cn), Cn, X4(Po), X2(Po), Po, X16(Lo),
    X4(Lo), X2(Lo), X2(Cn), X8(No), X16(Lo), X2(Lo), Lo, X4(Cn), Cn, X8(No),
    /* 139 */
    X16(Lo), X2(Lo), X4(Cn), X2(Cn), Cn, X4(Po), X8(Cn), X4(Cn), X4(No), X2(No),
    No, X64(Cn), X16(Cn),
    /* 140 */
    X64(Lo), X8(Lo), Lo, X32(Cn), X16(Cn), X4(Cn), X2(Cn), Cn,
    /* 141 */
    X32(Lu), X16(Lu), X2(Lu), Lu, X8(Cn), X4(Cn), Cn, X32(Ll), X16(Ll), X2(Ll),
    Ll, X4(Cn), X2(Cn), Cn, X4(No), X2(No),
    /* 142 */
    X32(Lo), X4(Lo), X4(Mn), X8(Cn), X8(Nd), X2(Nd), X4(Cn), X2(Cn), X8(Nd),
    X2(Nd), X4(Lo), Lm, Lo, X16(Lu), X4(Lu), X2(Lu), X2(Cn), Cn, X4(Mn), Mn, Pd,
    Lm, X16(Ll),
    /* 143 */
    X4(Ll), X2(Ll), X8(Cn), X2(Sm), X64(Cn), X32(Cn), X16(Cn),
    /* 144 */
    X64(Cn), X32(Cn), X16(No), X8(No), X4(No), X2(No), No, Cn,
    /* 145 */
    X32(Lo), X8(Lo), X2(Lo), Cn, X2(Mn), Pd, X2(Cn), X2(Lo), X16(Cn), X2(Lo),
    Lo, X32(Cn), X16(Cn), X4(Cn), X2(Cn), Cn, X4(Mn),
    /* 146 */
    X16(Lo), X8(Lo), X4(Lo), Lo, X8(No), X2(No), Lo, X8(Cn), X16(Lo), X4(Lo),
    X2(Lo), X8(Mn), X2(Mn), Mn, X4(No), X4(Po), Po, X16(Cn), X4(Cn), X2(Cn),
    X16(Lo),
    /* 147 */
    X2(Lo), X4(Mn), X4(Po), X32(Cn), X4(Cn), X2(Cn), X16(Lo), X4(Lo), Lo,
    X4(No), X2(No), No, X16(Cn), X4(Cn), X16(Lo), X4(Lo), X2(Lo), Lo, X8(Cn),
    Cn,
    /* 148 */
    Mc, Mn, Mc, X32(Lo), X16(Lo), X4(Lo), Lo, X8(Mn), X4(Mn), X2(Mn), Mn,
    X4(Po), X2(Po), Po, X4(Cn), X16(No), X4(No), X8(Nd), X2(Nd), Mn, X2(Lo),
    X2(Mn), Lo, X8(Cn), Cn, Mn,
    /* 149 */
    X2(Mn), Mc, X32(Lo), X8(Lo), X4(Lo), Lo, X2(Mc), Mc, X4(Mn), X2(Mc), X2(Mn),
    X2(Po), Cf, X4(Po), Mn, X8(Cn), X2(Cn), Cf, X2(Cn), X16(Lo), X8(Lo), Lo,
    X4(Cn), X2(Cn), Cn, X8(Nd), X2(Nd), X4(Cn), X2(Cn),
    /* 150 */
    X2(Mn), Mn, X32(Lo), X4(Lo), X4(Mn), Mn, Mc, X8(Mn), Cn, X8(Nd), X2(Nd),
    X4(Po), Lo, X2(Mc), Lo, X8(Cn), X32(Lo), X2(Lo), Lo, Mn, X2(Po), Lo, X8(Cn),
    Cn,
    /* 151 */
    X2(Mn), Mc, X32(Lo), X16(Lo), X2(Mc), Mc, X8(Mn), Mn, X2(Mc), X4(Lo),
    X4(Po), X4(Mn), Po, Mc, Mn, X8(Nd), X2(Nd), Lo, Po, Lo, X2(Po), Po, Cn,
    X16(No), X4(No), X8(Cn), X2(Cn), Cn,
    /* 152 */
    X16(Lo), X2(Lo), Cn, X16(Lo), X8(Lo), Lo, X2(Mc), Mc, X2(Mn), Mn, X2(Mc),
    Mn, Mc, X2(Mn), X4(Po), X2(Po), Mn, X2(Lo), Mn, X32(Cn), X16(Cn), X8(Cn),
    X4(Cn), X2(Cn),
    /* 153 */
    X4(Lo), X2(Lo), Lo, Cn, Lo, Cn, X4(Lo), Cn, X8(Lo), X4(Lo), X2(Lo), Lo, Cn,
    X8(Lo), X2(Lo), Po, X4(Cn), X2(Cn), X32(Lo), X8(Lo), X4(Lo), X2(Lo), Lo, Mn,
    X2(Mc), Mc, X8(Mn), X4(Cn), Cn, X8(Nd), X2(Nd), X4(Cn), X2(Cn),
    /* 154 */
    X2(Mn), X2(Mc), Cn, X8(Lo), X2(Cn), X2(Lo), X2(Cn), X16(Lo), X4(Lo), X2(Lo),
    Cn, X4(Lo), X2(Lo), Lo, Cn, X2(Lo), Cn, X4(Lo), Lo, Cn, X2(Mn), Lo, X2(Mc),
    Mn, X4(Mc), X2(Cn), X2(Mc), X2(Cn), X2(Mc), Mc, X2(Cn), Lo, X4(Cn), X2(Cn),
    Mc, X4(Cn), Cn, X4(Lo), Lo, X2(Mc), X2(Cn), X4(Mn), X2(Mn), Mn, X2(Cn), Cn,
    X4(Mn), Mn, X8(Cn), X2(Cn), Cn,
    /* 155 */
    X8(Lo), X2(Lo), Cn, Lo, X2(Cn), Lo, Cn, X32(Lo), X4(Lo), X2(Lo), Cn, Lo,
    X2(Mc), Mc, X4(Mn), X2(Mn), Cn, Mc, X2(Cn), Mc, Cn, X4(Mc), Cn, X2(Mc), Mn,
    Mc, Mn, Lo, Mn, Lo, X2(Po), Cn, X2(Po), X8(Cn), X2(Mn), X16(Cn), X8(Cn),
    X4(Cn), Cn,
    /* 156 */
    X32(Lo), X16(Lo), X4(Lo), Lo, X2(Mc), Mc, X8(Mn), X2(Mc), X2(Mn), Mn, Mc,
    Mn, X4(Lo), X4(Po), Po, X8(Nd), X2(Nd), X2(Po), Cn, Po, Mn, X2(Lo), Lo,
    X16(Cn), X8(Cn), X4(Cn), X2(Cn),
    /* 157 */
    X32(Lo), X16(Lo), X2(Mc), Mc, X4(Mn), X2(Mn), Mc, Mn, X4(Mc), X2(Mn), Mc,
    X2(Mn), X2(Lo), Po, Lo, X8(Cn), X8(Nd), X2(Nd), X32(Cn), X4(Cn), X2(Cn),
    /* 158 */
    X32(Lo), X8(Lo), X4(Lo), X2(Lo), Lo, X2(Mc), Mc, X4(Mn), X2(Cn), X4(Mc),
    X2(Mn), Mc, X2(Mn), X16(Po), X4(Po), X2(Po), Po, X4(Lo), X2(Mn), X32(Cn),
    X2(Cn),
    /* 159 */
    X32(Lo), X16(Lo), X2(Mc), Mc, X8(Mn), X2(Mc), Mn, Mc, X2(Mn), X2(Po), Po,
    Lo, X8(Cn), X2(Cn), Cn, X8(Nd), X2(Nd), X4(Cn), X2(Cn), X8(Po), X4(Po), Po,
    X16(Cn), X2(Cn), Cn,
    /* 160 */
    X32(Lo), X8(Lo), X2(Lo), Lo, Mn, Mc, Mn, X2(Mc), X4(Mn), X2(Mn), Mc, Mn, Lo,
    Po, X4(Cn), X2(Cn), X8(Nd), X2(Nd), X4(Cn), X2(Cn), X16(Nd), X4(Nd),
    X16(Cn), X8(Cn), X4(Cn),
    /* 161 */
    X16(Lo), X8(Lo), X2(Lo), Lo, X2(Cn), Mn, Mc, Mn, X2(Mc), X4(Mn), Mc, X4(Mn),
    Mn, X4(Cn), X8(Nd), X2(Nd), X2(No), X2(Po), Po, So, X4(Lo), X2(Lo), Lo,
    X32(Cn), X16(Cn), X8(Cn), Cn,
    /* 162 */
    X32(Lo), X8(Lo), X4(Lo), X2(Mc), Mc, X8(Mn), Mn, Mc, X2(Mn), Po, X64(Cn),
    X4(Cn),
    /* 163 */
    X32(Cn), X32(Lu), X32(Ll), X8(Nd), X2(Nd), X8(No), No, X8(Cn), X4(Cn), Lo,
    /* 164 */
    X4(Lo), X2(Lo), Lo, X2(Cn), Lo, X2(Cn), X8(Lo), Cn, X2(Lo), Cn, X16(Lo),
    X8(Lo), X4(Mc), X2(Mc), Cn, X2(Mc), X2(Cn), X2(Mn), Mc, Mn, Lo, Mc, Lo, Mc,
    Mn, X2(Po), Po, X8(Cn), Cn, X8(Nd), X2(Nd), X32(Cn), X4(Cn), X2(Cn),
    /* 165 */
    X32(Cn), X8(Lo), X2(Cn), X32(Lo), X4(Lo), X2(Lo), Lo, X2(Mc), Mc, X4(Mn),
    X2(Cn), X2(Mn), X4(Mc), Mn, Lo, Po, Lo, Mc, X16(Cn), X8(Cn), X2(Cn), Cn,
    /* 166 */
    Lo, X8(Mn), X2(Mn), X32(Lo), X8(Lo), X4(Mn), X2(Mn), Mc, Lo, X4(Mn), X8(Po),
    Mn, X8(Cn), Lo, X4(Mn), X2(Mn), X2(Mc), X2(Mn), Mn, X32(Lo), X4(Lo),
    /* 167 */
    X8(Lo), X2(Lo), X8(Mn), X4(Mn), Mn, Mc, X2(Mn), X2(Po), Po, Lo, X4(Po), Po,
    X8(Cn), X4(Cn), Cn, X64(Lo), X8(Lo), Lo, X4(Cn), X2(Cn), Cn,
    /* 168 */
    X8(Po), X2(Po), X64(Cn), X32(Cn), X16(Cn), X4(Cn), X2(Cn),
    /* 169 */
    X64(Cn), X32(Lo), Lo, Po, X8(Cn), X4(Cn), X2(Cn), X8(Nd), X2(Nd), X4(Cn),
    X2(Cn),
    /* 170 */
    X8(Lo), Lo, Cn, X32(Lo), X4(Lo), Lo, Mc, X4(Mn), X2(Mn), Mn, Cn, X4(Mn),
    X2(Mn), Mc, Mn, Lo, X4(Po), Po, X8(Cn), X2(Cn), X8(Nd), X2(Nd), X16(No),
    X2(No), No, X2(Cn), Cn, X2(Po), X8(Lo), X4(Lo), X2(Lo),
    /* 171 */
    X16(Lo), X2(Cn), X16(Mn), X4(Mn), X2(Mn), Cn, Mc, X4(Mn), X2(Mn), Mn, Mc,
    X2(Mn), Mc, X2(Mn), X64(Cn), X8(Cn), Cn,
    /* 172 */
    X4(Lo), X2(Lo), Lo, Cn, X2(Lo), Cn, X32(Lo), X4(Lo), X2(Lo), X4(Mn), X2(Mn),
    X2(Cn), Cn, Mn, Cn, X2(Mn), Cn, X4(Mn), X2(Mn), Mn, Lo, Mn, X8(Cn), X8(Nd),
    X2(Nd), X4(Cn), X2(Cn), X4(Lo), X2(Lo), Cn, X2(Lo), Cn, X16(Lo), X4(Lo),
    X2(Lo),
    /* 173 */
    X8(Lo), X2(Lo), X4(Mc), Mc, Cn, X2(Mn), Cn, X2(Mc), Mn, Mc, Mn, Lo, X4(Cn),
    X2(Cn), Cn, X8(Nd), X2(Nd), X64(Cn), X16(Cn), X4(Cn), X2(Cn),
    /* 174 */
    X64(Cn), X32(Cn), X16(Lo), X2(Lo), Lo, X2(Mn), X2(Mc), X2(Po), X4(Cn),
    X2(Cn), Cn,
    /* 175 */
    X2(Mn), Lo, Mc, X8(Lo), X4(Lo), Lo, Cn, X32(Lo), X2(Lo), X2(Mc), X4(Mn), Mn,
    X2(Cn), Cn, X2(Mc), Mn, Mc, Mn, X8(Po), X4(Po), Po, X8(Nd), X2(Nd), Mn,
    X32(Cn), X4(Cn), Cn,
    /* 176 */
    X32(Cn), X16(Cn), Lo, X8(Cn), X4(Cn), X2(Cn), Cn, X16(No), X4(No), No,
    X8(So), X4(Sc), X16(So), So, X8(Cn), X4(Cn), Cn, Po,
    /* 177 */
    X16(Lo), X8(Lo), X2(Lo), X64(Cn), X32(Cn), X4(Cn), X2(Cn),
    /* 178 */
    X64(Nl), X32(Nl), X8(Nl), X4(Nl), X2(Nl), Nl, Cn, X4(Po), Po, X8(Cn),
    X2(Cn), Cn,
    /* 179 */
    X64(Lo), X4(Lo), X32(Cn), X16(Cn), X8(Cn), X4(Cn),
    /* 180 */
    X16(Cn), X64(Lo), X32(Lo), Lo, X2(Po), X8(Cn), X4(Cn), Cn,
    /* 181 */
    X32(Lo), X16(Lo), X16(Cf), Mn, X4(Lo), X2(Lo), X8(Mn), X4(Mn), X2(Mn), Mn,
    X8(Cn), X2(Cn), X32(Lo),
    /* 182 */
    X64(Lo), X4(Lo), X2(Lo), Lo, X32(Cn), X16(Cn), X8(Cn), Cn,
    /* 183 */
    X16(Lo), X8(Lo), X4(Lo), X2(Lo), X8(Mn), X4(Mn), X2(Mc), Mc, X2(Mn), Mn,
    X8(Nd), X2(Nd), X64(Cn), X4(Cn), X2(Cn),
    /* 184 */
    X32(Lo), X16(Lo), X8(Lo), Lo, X4(Cn), X2(Cn), Cn, X16(Lo), X8(Lo), X4(Lo),
    X2(Lo), Lo, Cn, X8(Nd), X2(Nd), X4(Cn), X2(Po), X16(Lo),
    /* 185 */
    X32(Lo), X16(Lo), X8(Lo), X4(Lo), X2(Lo), Lo, Cn, X8(Nd), X2(Nd), X4(Cn),
    X2(Cn), X16(Lo), X8(Lo), X4(Lo), X2(Lo), X2(Cn), X4(Mn), Mn, Po, X8(Cn),
    X2(Cn),
    /* 186 */
    X32(Lo), X16(Lo), X4(Mn), X2(Mn), Mn, X4(Po), Po, X4(So), X4(Lm), Po, So,
    X8(Cn), X2(Cn), X8(Nd), X2(Nd), Cn, X4(No), X2(No), No, Cn, X16(Lo), X4(Lo),
    Lo, X4(Cn), Cn, X2(Lo), Lo,
    /* 187 */
    X16(Lo), X64(Cn), X32(Cn), X16(Cn),
    /* 188 */
    X64(Cn), X2(Lm), Lm, X32(Lo), X8(Lo), X2(Lm), X2(Po), Po, X8(Nd), X2(Nd),
    X4(Cn), X2(Cn),
    /* 189 */
    X64(Cn), X32(Lu), X32(Ll),
    /* 190 */
    X16(No), X4(No), X2(No), No, X4(Po), X64(Cn), X32(Cn), X4(Cn), Cn,
    /* 191 */
    X64(Lo), X8(Lo), X2(Lo), Lo, X4(Cn), Mn, Lo, X32(Mc), X8(Mc), X4(Mc),
    X2(Mc), Mc,
    /* 192 */
    X8(Mc), X4(Cn), X2(Cn), Cn, X4(Mn), X8(Lm), X4(Lm), Lm, X64(Cn), X2(Lm), Po,
    Lm, Mn, X8(Cn), X2(Cn), Cn, X2(Mc), X8(Cn), X4(Cn), X2(Cn),
    /* 193 */
    X64(Lo), X32(Lo), X16(Lo), X8(Lo), X8(Cn),
    /* 194 */
    X64(Lo), X16(Lo), X4(Lo), X2(Lo), X32(Cn), X8(Cn), Cn, Lo,
    /* 195 */
    X8(Lo), Lo, X64(Cn), X32(Cn), X16(Cn), X4(Cn), X2(Cn), Cn,
    /* 196 */
    X64(Cn), X32(Cn), X16(Cn), X4(Lm), Cn, X4(Lm), X2(Lm), Lm, Cn, X2(Lm), Cn,
    /* 197 */
    X32(Lo), X2(Lo), Lo, X8(Cn), X4(Cn), X2(Cn), Cn, Lo, X16(Cn), X8(Cn),
    X4(Cn), Cn, X2(Lo), Lo, X2(Cn), Lo, X8(Cn), X4(Cn), X2(Cn), X4(Lo), X8(Cn),
    X16(Lo),
    /* 198 */
    X64(Lo), X32(Lo), X16(Lo), X8(Lo), X4(Lo), X4(Cn),
    /* 199 */
    X64(Lo), X32(Lo), X8(Lo), X2(Lo), Lo, X4(Cn), Cn, X8(Lo), X4(Lo), Lo,
    X2(Cn), Cn,
    /* 200 */
    X8(Lo), Lo, X4(Cn), X2(Cn), Cn, X8(Lo), X2(Lo), X2(Cn), So, X2(Mn), Po,
    X4(Cf), X64(Cn), X16(Cn), X8(Cn), X4(Cn),
    /* 201 */
    X64(So), X32(So), X16(So), X8(Nd), X2(Nd), X4(Cn), X2(Cn),
    /* 202 */
    X32(So), X16(So), X4(So), X64(Cn), X8(Cn), X4(Cn),
    /* 203 */
    X32(Mn), X8(Mn), X4(Mn), X2(Mn), X2(Cn), X16(Mn), X4(Mn), X2(Mn), Mn,
    X8(Cn), Cn, X32(So), X16(So),
    /* 204 */
    X64(So), X4(So), X32(Cn), X16(Cn), X8(Cn), X4(Cn),
    /* 205 */
    X64(So), X32(So), X16(So), X4(So), X2(So), X8(Cn), X2(Cn),
    /* 206 */
    X32(So), X4(So), X2(So), So, X2(Cn), X32(So), X16(So), X8(So), X4(So),
    X2(Mc), X2(Mn), Mn, X2(So), So, X4(Mc), X2(Mc), X8(Cf), X4(Mn), Mn,
    /* 207 */
    X2(Mn), Mn, X2(So), X4(Mn), X2(Mn), Mn, X16(So), X8(So), X4(So), X2(So),
    X4(Mn), X32(So), X16(So), X8(So), X4(So), So, X16(Cn), X4(Cn), Cn,
    /* 208 */
    X64(So), X2(So), X2(Mn), Mn, So, X32(Cn), X16(Cn), X8(Cn), X2(Cn),
    /* 209 */
    X64(Cn), X16(No), X4(No), X8(Cn), X4(Cn), X16(No), X4(No), X8(Cn), X4(Cn),
    /* 210 */
    X64(So), X16(So), X4(So), X2(So), So, X8(Cn), Cn, X16(No), X8(No), No,
    X4(Cn), X2(Cn), Cn,
    /* 211 */
    X16(Lu), X8(Lu), X2(Lu), X16(Ll), X8(Ll), X2(Ll), X16(Lu), X8(Lu), X2(Lu),
    X4(Ll), X2(Ll), Ll, Cn, X16(Ll), X2(Ll), X16(Lu), X8(Lu),
    /* 212 */
    X2(Lu), X16(Ll), X8(Ll), X2(Ll), Lu, Cn, X2(Lu), X2(Cn), Lu, X2(Cn), X2(Lu),
    X2(Cn), X4(Lu), Cn, X8(Lu), X4(Ll), Cn, Ll, Cn, X4(Ll), X2(Ll), Ll, Cn,
    X8(Ll), X2(Ll), Ll, X16(Lu), X8(Lu), X2(Lu), X16(Ll), X4(Ll), X2(Ll),
    /* 213 */
    X4(Ll), X2(Lu), Cn, X4(Lu), X2(Cn), X8(Lu), Cn, X4(Lu), X2(Lu), Lu, Cn,
    X16(Ll), X8(Ll), X2(Ll), X2(Lu), Cn, X4(Lu), Cn, X4(Lu), Lu, Cn, Lu, X2(Cn),
    Cn, X4(Lu), X2(Lu), Lu, Cn, X16(Ll), X8(Ll), X2(Ll), X16(Lu), X4(Lu),
    /* 214 */
    X4(Lu), X2(Lu), X16(Ll), X8(Ll), X2(Ll), X16(Lu), X8(Lu), X2(Lu), X16(Ll),
    X8(Ll), X2(Ll), X16(Lu), X8(Lu), X2(Lu), X16(Ll), X2(Ll),
    /* 215 */
    X8(Ll), X16(Lu), X8(Lu), X2(Lu), X16(Ll), X8(Ll), X2(Ll), X16(Lu), X8(Lu),
    X2(Lu), X16(Ll), X8(Ll), X2(Ll), X16(Lu),
    /* 216 */
    X8(Lu), X2(Lu), X16(Ll), X8(Ll), X4(Ll), X2(Cn), X16(Lu), X8(Lu), Lu, Sm,
    X16(Ll), X8(Ll), Ll, Sm, X4(Ll), X2(Ll), X16(Lu), X8(Lu), Lu, Sm, X4(Ll),
    /* 217 */
    X16(Ll), X4(Ll), Ll, Sm, X4(Ll), X2(Ll), X16(Lu), X8(Lu), Lu, Sm, X16(Ll),
    X8(Ll), Ll, Sm, X4(Ll), X2(Ll), X16(Lu), X8(Lu), Lu, Sm, X16(Ll),
    /* 218 */
    X8(Ll), Ll, Sm, X4(Ll), X2(Ll), X16(Lu), X8(Lu), Lu, Sm, X16(Ll), X8(Ll),
    Ll, Sm, X4(Ll), X2(Ll), Lu, Ll, X2(Cn), X32(Nd), X16(Nd), X2(Nd),
    /* 219 */
    X32(Mn), X16(Mn), X4(Mn), X2(Mn), Mn, X4(So), X32(Mn), X16(Mn), X2(Mn),
    X8(So), Mn, X8(So), X2(So),
    /* 220 */
    X4(So), Mn, X2(So), X4(Po), Po, X8(Cn), X4(Cn), X2(Cn), Cn, X4(Mn), Mn, Cn,
    X8(Mn), X4(Mn), X2(Mn), Mn, X64(Cn), X16(Cn),
    /* 221 */
    X8(Ll), X2(Ll), Lo, X16(Ll), X4(Ll), X4(Cn), X2(Cn), X4(Ll), X2(Ll),
    X64(Cn), X16(Cn), X4(Cn), Cn,
    /* 222 */
    X4(Mn), X2(Mn), Mn, Cn, X16(Mn), Mn, X2(Cn), X4(Mn), X2(Mn), Mn, Cn, X2(Mn),
    Cn, X4(Mn), Mn, X4(Cn), Cn, X32(Lm), X16(Lm), X8(Lm), X4(Lm), X2(Lm),
    X16(Cn), X2(Cn),
    /* 223 */
    X8(Cn), X4(Cn), X2(Cn), Cn, Mn, X64(Cn), X32(Cn), X16(Cn),
    /* 224 */
    X32(Lo), X8(Lo), X4(Lo), Lo, X2(Cn), Cn, X4(Mn), X2(Mn), Mn, X4(Lm), X2(Lm),
    Lm, X2(Cn), X8(Nd), X2(Nd), X4(Cn), Lo, So, X32(Cn), X16(Cn),
    /* 225 */
    X16(Cn), X16(Lo), X8(Lo), X4(Lo), X2(Lo), Mn, X16(Cn), Cn, X32(Lo), X8(Lo),
    X4(Lo), X4(Mn), X8(Nd), X2(Nd), X4(Cn), Cn, Sc,
    /* 226 */
    X64(Cn), X16(Cn), X16(Lo), X8(Lo), X2(Lo), Lo, Lm, X4(Mn), X8(Nd), X2(Nd),
    X4(Cn), X2(Cn),
    /* 227 */
    X64(Cn), X16(Cn), X16(Lo), X8(Lo), X4(Lo), X2(Lo), X2(Mn), Lo, X8(Nd),
    X2(Nd), X4(Cn), Po,
    /* 228 */
    X64(Cn), X32(Cn), X4(Lo), X2(Lo), Lo, Cn, X4(Lo), Cn, X2(Lo), Cn, X8(Lo),
    X4(Lo), X2(Lo), Lo, Cn,
    /* 229 */
    X64(Lo), X4(Lo), Lo, X2(Cn), X8(No), No, X4(Mn), X2(Mn), Mn, X32(Cn),
    X8(Cn), Cn,
    /* 230 */
    X32(Lu), X2(Lu), X32(Ll), X2(Ll), X4(Mn), X2(Mn), Mn, Lm, X4(Cn), X8(Nd),
    X2(Nd), X4(Cn), X2(Po), X32(Cn),
    /* 231 */
    X64(Cn), X32(Cn), X16(Cn), Cn, X8(No), X4(No), X2(No), No,
    /* 232 */
    X32(No), X8(No), X4(No), So, X2(No), No, Sc, X4(No), X64(Cn), X8(Cn),
    X2(Cn), Cn,
    /* 233 */
    Cn, X32(No), X8(No), X4(No), No, So, X8(No), X4(No), X2(No), No, X64(Cn),
    X2(Cn),
    /* 234 */
    X4(Lo), Cn, X16(Lo), X8(Lo), X2(Lo), Lo, Cn, X2(Lo), Cn, Lo, X2(Cn), Lo, Cn,
    X8(Lo), X2(Lo), Cn, X4(Lo), Cn, Lo, Cn, Lo, X4(Cn), X2(Cn), Lo, X4(Cn), Lo,
    Cn, Lo, Cn, Lo, Cn, X2(Lo), Lo, Cn, X2(Lo), Cn, Lo, X2(Cn), Lo, Cn, Lo, Cn,
    Lo, Cn, Lo, Cn, Lo, Cn, X2(Lo), Cn, Lo, X2(Cn), X4(Lo), Cn, X4(Lo), X2(Lo),
    Lo, Cn, X4(Lo), Cn, X4(Lo), Cn, Lo, Cn,
    /* 235 */
    X8(Lo), X2(Lo), Cn, X16(Lo), Lo, X4(Cn), Cn, X2(Lo), Lo, Cn, X4(Lo), Lo, Cn,
    X16(Lo), Lo, X32(Cn), X16(Cn), X4(Cn), X2(Sm), X8(Cn), X4(Cn), X2(Cn),
    /* 236 */
    X32(So), X8(So), X4(So), X4(Cn), X64(So), X16(So),
    /* 237 */
    X16(So), X4(So), X8(Cn), X4(Cn), X8(So), X4(So), X2(So), So, X2(Cn), X8(So),
    X4(So), X2(So), So, Cn, X8(So), X4(So), X2(So), So, Cn, X32(So), X4(So), So,
    X8(Cn), X2(Cn),
    /* 238 */
    X8(No), X4(No), No, X64(So), X32(So), X16(So), X2(So), So,
    /* 239 */
    X32(So), X8(So), X4(So), X2(So), X32(Cn), X16(Cn), X8(Cn), X16(So), X8(So),
    X2(So),
    /* 240 */
    X2(So), So, X8(Cn), X4(Cn), Cn, X32(So), X8(So), X4(So), X4(Cn), X8(So), So,
    X4(Cn), X2(Cn), Cn, X2(So), X8(Cn), X4(Cn), X2(Cn), X4(So), X2(So), X16(Cn),
    X8(Cn), X2(Cn),
    /* 241 */
    X64(So), X32(So), X16(So), X8(So), X2(So), So, X4(Sk), Sk,
    /* 242 */
    X64(So), X16(So), X8(So), X4(Cn), X16(So), So, X2(Cn), Cn, X8(So), X4(So),
    So, X2(Cn), Cn,
    /* 243 */
    X64(So), X32(So), X16(So), X4(So), X2(So), So, X4(Cn), X4(So), So,
    /* 244 */
    X64(So), X16(So), X8(So), X2(So), X4(Cn), X2(Cn), X8(So), X4(So), X4(Cn),
    So, X8(Cn), X4(Cn), X2(Cn), Cn,
    /* 245 */
    X8(So), X4(So), X4(Cn), X32(So), X16(So), X8(So), X8(Cn), X8(So), X2(So),
    X4(Cn), X2(Cn), X32(So),
    /* 246 */
    X8(So), X8(Cn), X16(So), X8(So), X4(So), X2(So), X2(Cn), X8(So), X4(So),
    X4(Cn), X2(So), X32(Cn), X16(Cn), X8(Cn), X4(Cn), X2(Cn),
    /* 247 */
    X64(So), X16(So), X4(So), X8(Cn), X4(Cn), X8(So), X4(So), X2(So), X2(Cn),
    X8(So), X4(So), So, X2(Cn), Cn,
    /* 248 */
    X8(So), X2(So), X4(Cn), Cn, X32(So), X16(So), X8(So), X4(Cn), X2(Cn), Cn,
    X8(So), X4(So), X2(So), So, X2(Cn), X8(So), X2(So), So, X4(Cn), X2(Cn),
    X8(So), So, X4(Cn), X2(Cn), Cn,
    /* 249 */
    X16(So), X2(So), So, Cn, X64(So), X16(So), X8(So), X4(So), X8(Nd), X2(Nd),
    X4(Cn), X2(Cn),
    /* 250 */
    X64(Lo), X32(Lo), X32(Cn),
    /* 251 */
    X32(Lo), X16(Lo), X8(Lo), X2(Lo), X4(Cn), X2(Cn), X64(Lo),
    /* 252 */
    X16(Lo), X8(Lo), X4(Lo), X2(Lo), X2(Cn), X64(Lo), X32(Lo),
    /* 253 */
    X32(Lo), X2(Lo), X8(Cn), X4(Cn), X2(Cn), X64(Lo), X16(Lo),
    /* 254 */
    X64(Lo), X32(Lo), Lo, X8(Cn), X4(Cn), X2(Cn), Cn, X16(Lo),
    /* 255 */
    X64(Lo), X16(Lo), X8(Lo), X4(Lo), X2(Lo), X32(Cn), X2(Cn),
    /* 256 */
    X16(Lo), X8(Lo), X4(Lo), X2(Lo), X64(Cn), X32(Cn), X2(Cn),
    /* 257 */
    X64(Lo), X8(Lo), X2(Lo), Lo, X4(Cn), Cn, X32(Lo), X16(Lo),
    /* 258 */
    X32(Lo), X16(Lo), X64(Cn), X16(Cn),
    /* 259 */
    Cn, Cf, X16(Cn), X8(Cn), X4(Cn), X2(Cn), X64(Cf), X32(Cf),
    /* 260 */
    X128(Mn),
    /* 261 */
    X64(Mn), X32(Mn), X16(Mn), X16(Cn),
};
