//===- ProgramTest.cpp - The program of a compiled model ------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Runs the program that TestModel makes with the objects that products get, and
// checks what it prints, what it writes, and how it ends.
//
//===----------------------------------------------------------------------===//

#include "TestNifti.h"

#include <algorithm>
#include <cstdio>
#include <sys/wait.h>

namespace {

class Program : public FilesTest {
protected:
  int code = -1;

  /// What the program prints on both streams; `code` is how it ended. {} in
  /// the arguments stands for the test's folder.
  std::string run(std::string arguments) {
    for (size_t at; (at = arguments.find("{}")) != std::string::npos;)
      arguments.replace(at, 2, folder.string());
    std::string command =
        std::string("'") + VOX_TEST_MODEL + "' " + arguments + " 2>&1";
    FILE *pipe = popen(command.c_str(), "r");
    std::string text;
    for (int c; (c = fgetc(pipe)) != EOF;)
      text += static_cast<char>(c);
    int status = pclose(pipe);
    code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return text;
  }
  void expectRefused(const std::string &arguments, const std::string &message) {
    EXPECT_EQ(run(arguments), "vox-test-model: error: " + message + "\n");
    EXPECT_EQ(code, 1);
  }
  void expectContains(const std::string &text, const std::string &part) {
    EXPECT_NE(text.find(part), std::string::npos) << text;
  }
};

TEST_F(Program, SummarisesTheOutputs) {
  EXPECT_EQ(run("--fill=ones"),
            "output y float32 1x1x2x3x4: min 3, mean 3, max 3, values [3, 3, "
            "3, 3, 3, 3, 3, 3, ...]\n"
            "output z float32 scalar: min 72, mean 72, max 72, values [72]\n"
            "output label uint8 1x1x2x3x4: min 1, mean 1, max 1, values [1, 1, "
            "1, 1, 1, 1, 1, 1, ...]\n");
  EXPECT_EQ(code, 0);
}

TEST_F(Program, ReadsAndWritesFiles) {
  std::string ones, twos;
  for (int i = 0; i < 24; ++i) {
    ones += std::string("\0\0\x80\x3f", 4);
    twos += std::string("\0\0\0\x40", 4);
  }
  write("a.raw", ones);
  write("b.raw", twos);
  EXPECT_EQ(run("--input=b=@{}/b.raw --input=@{}/a.raw --output=z=@{}/z.npy "
                "--output=y=@{}/y.nii.gz --threads=2"),
            "");
  EXPECT_EQ(code, 0);
  EXPECT_EQ(read("z.npy").substr(read("z.npy").size() - 4),
            std::string("\0\0\xf0\x42", 4)); /* 24 * 5 */
  expectContains(run("--input=a=@{}/y.nii.gz --fill=zeros"),
                 "output z float32 scalar: min 120, mean 120, max 120, values "
                 "[120]\n");
  EXPECT_EQ(fileCount(), 4u);
}

TEST_F(Program, SeedsDecide) {
  std::string first = run("--seed=1");
  EXPECT_EQ(run("--seed=1 --threads=1"), first);
  EXPECT_NE(run("--seed=2"), first);
}

TEST_F(Program, PrintsAndExportsTimes) {
  std::string text = run("--iterations=5 --warmUp=0 --percentile=50,99.9 "
                         "--exportTimes={}/t.json");
  EXPECT_EQ(code, 0);
  expectContains(text, "time (ms): min ");
  expectContains(text, ", p50 ");
  expectContains(text, ", p99.9 ");
  expectContains(text, " (5 runs)\n");
  std::string json = read("t.json");
  EXPECT_EQ(json.substr(0, 23), "[\n  {\"startComputeMs\": ");
  EXPECT_EQ(std::count(json.begin(), json.end(), '{'), 5);
  EXPECT_EQ(json.substr(json.size() - 4), "}\n]\n");
  expectContains(run("--duration=0.01 --warmUp=1"), ", p95 ");
}

TEST_F(Program, WritesLabelsWhereTheInputLies) {
  nifti_1_header header = niftiHeader();
  header.sform_code = 2;
  header.srow_y[3] = -42;
  std::string shorts;
  for (int i = 0; i < 24; ++i)
    shorts += bytesOf(int16_t(i % 2));
  write("a.nii", nifti(header, shorts));
  EXPECT_EQ(run("--input=a=@{}/a.nii --fill=zeros --output=label=@{}/l.nii"),
            "");
  std::string labels = read("l.nii");
  ASSERT_EQ(labels.size(), 352u + 24u);
  memcpy(&header, labels.data(), sizeof header);
  EXPECT_EQ(header.datatype, 2); /* UINT8 */
  EXPECT_EQ(header.sform_code, 2);
  EXPECT_EQ(header.srow_y[3], -42);
  EXPECT_EQ(labels.substr(352, 4), std::string("\0\1\0\1", 4));
}

TEST_F(Program, PrintsAProfile) {
  std::string text = run("--dumpProfile --iterations=3 --warmUp=1");
  EXPECT_EQ(code, 0);
  expectContains(text, " (3 runs)\nprofile: mean and least times of 3 runs\n"
                       "  mean ms    min ms  share         rate  kernel  "
                       "layers\n");
  expectContains(text, " GB/s  add_1   scale + add\n");
  expectContains(text, " GF/s  sum_2   odd?name\n");
  expectContains(text, "\ntotal:  ");
  expectContains(text, " ms in 2 launches, 0.001 GF, ");
  expectContains(text, "\nmemory: arena 96 bytes, scratch ");
  expectContains(text, " bytes, weights 1234 bytes\n");
}

TEST_F(Program, DescribesItself) {
  EXPECT_EQ(run("--describe"), "model test-model\n"
                               "input a float32 1x1x2x3x4\n"
                               "input b float32 1x1x2x3x4\n"
                               "output y float32 1x1x2x3x4\n"
                               "output z float32 scalar\n"
                               "output label uint8 1x1x2x3x4\n");
  expectContains(run("--help"), "Usage: vox-test-model [options]");
  EXPECT_EQ(code, 0);
  expectContains(run("--version"), "test-model (compiled by Voxc ");
}

TEST_F(Program, BadOptions) {
  expectRefused("--foo", "unknown option \"--foo\"; expected one that --help "
                         "lists");
  expectRefused("--foo=1", "unknown option \"--foo=1\"; expected one that "
                           "--help lists");
  expectRefused("-x", "unknown option \"-x\"; expected one that --help lists");
  expectRefused("-", "unknown option \"-\"; expected one that --help lists");
  expectRefused("--" + std::string(300, 'x') + "=1",
                "unknown option \"--" + std::string(300, 'x') +
                    "=1\"; expected one that --help lists");
  expectRefused("a.npy", "unexpected argument \"a.npy\"; expected options, as "
                         "in --input=@FILE");
  expectRefused("--threads", "--threads has no value; expected --threads=...");
  expectRefused("--threads=two", "--threads: \"two\"; expected an integer from "
                                 "0 to 1024");
  expectRefused("--threads=-1", "--threads: \"-1\"; expected an integer from 0 "
                                "to 1024");
  expectRefused("--iterations=0", "--iterations: \"0\"; expected an integer "
                                  "from 1 to 1000000000");
  expectRefused("--iterations=99999999999999999999",
                "--iterations: \"99999999999999999999\"; expected an integer "
                "from 1 to 1000000000");
  expectRefused("--duration=nan",
                "--duration: \"nan\"; expected a number from 0 to 1e+06");
  expectRefused("--warmUp=", "--warmUp: \"\"; expected a number from 0 to "
                             "1e+09");
  expectRefused("--percentile=95,,99", "--percentile: \"\"; expected a number "
                                       "from 0 to 100");
  expectRefused("--percentile=101",
                "--percentile: \"101\"; expected a number from 0 to 100");
  expectRefused("--percentile=1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1",
                "--percentile: \"1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1\"; expected "
                "at most 16 numbers");
  expectRefused("--fill=sevens", "--fill: \"sevens\"; expected random, zeros "
                                 "or ones");
  expectRefused("--seed=x", "--seed: \"x\"; expected an integer from 0 to "
                            "9223372036854775807");
  expectRefused("--exportTimes=", "--exportTimes: no file; expected "
                                  "--exportTimes=FILE");
}

TEST_F(Program, BadFileOptions) {
  expectRefused("--input=a.npy", "--input: \"a.npy\"; expected [name=]@FILE");
  expectRefused("--input=a=@", "--input: \"a=@\" names no file; expected "
                               "[name=]@FILE");
  expectRefused("--input=q=@a.npy", "--input: the model has no input \"q\"; "
                                    "expected a name that --describe lists");
  expectRefused("--input=a=@a.npy --input=a=@b.npy",
                "--input: \"a\" is given twice; expected one file");
  expectRefused(
      "--output=@a.npy --output=@b.npy --output=@c.npy --output=@d.npy",
      "--output: one file too many; expected at most 3");
}

TEST_F(Program, BadFiles) {
  write("a.npy", "nonsense");
  EXPECT_EQ(run("--input=@{}/a.npy --output=@{}/y.npy"),
            path("a.npy") + ": error: not a .npy file; expected the bytes "
                            "\\x93NUMPY at its start\n");
  EXPECT_EQ(code, 1);
  EXPECT_EQ(run("--output=@{}/none/y.npy"),
            path("none/y.npy") +
                ": error: cannot write: No such file or directory\n");
  EXPECT_EQ(code, 1);
  EXPECT_EQ(fileCount(), 1u);
}

TEST_F(Program, FailedKernelIsOurFault) {
  write("a.raw", std::string("\0\x80\x26\x44", 4) + std::string(92, '\0'));
  expectContains(run("--input=a=@{}/a.raw --output=@{}/y.npy"),
                 "vox-test-model: error: the test asked for it\n");
  EXPECT_EQ(code, 70);
  EXPECT_EQ(fileCount(), 1u);
}

TEST_F(Program, FullStandardOutput) {
  run("--describe > /dev/full");
  EXPECT_EQ(code, 1);
}

} // namespace
