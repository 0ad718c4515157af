//===- HostModule.cpp - The calling function ------------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One function calls the kernels in order. A kernel's arguments are
// halide_buffer_t; their shapes are constants of the program, so each buffer
// is a copy of a constant with its data pointer filled in:
//
//   input, output   what the caller gave
//   intermediate    arena + offset
//   weights         vox_weights + offset
//
// Where extents are open, buffers have the greatest, and kernels take the sizes
// of the run as numbers.
//
//===----------------------------------------------------------------------===//

#include "Affine.h"
#include "HostConstants.h"
#include "OpenProgram.h"
#include "PublicFunctions.h"
#include "vox/Analysis/Work.h"
#include "vox/Codegen/Host/HostCode.h"
#include "vox/Dialect/Vox/IR/ElementTypes.h"
#include "vox/Dialect/Vox/IR/Layout.h"
#include "vox/Runtime/Program.h"

#include "llvm/ADT/StringSwitch.h"

using namespace mlir;
using namespace vox;

namespace {

/// halide_type_t's code: 0 signed, 1 unsigned, 2 float. A bool is a byte.
int64_t halideTypeCode(const ElementType &type) {
  switch (type.kind) {
  case ElementType::SignedInt:
    return 0;
  case ElementType::UnsignedInt:
  case ElementType::Bool:
    return 1;
  case ElementType::Float:
    return 2;
  }
  llvm_unreachable("unknown kind");
}

class HostBuilder : private HostConstants {
public:
  HostBuilder(func::FuncOp network, const OpenExtents &extents, StringRef name,
              const Weights &weights, KernelScratch scratch,
              const Machine &machine)
      : HostConstants(network.getLoc()), network(network), extents(extents),
        name(name), weights(weights), scratch(scratch), machine(machine) {
    bufferType = recordType({i64, pointer, pointer, i64,
                             recordType({i8, i8, i16}), i32, pointer, pointer});
    infoType = recordType({pointer, i32, i32, pointer, pointer, pointer});
    launchType =
        recordType({pointer, pointer, f64, f64, i32, i32, pointer, i32});
    descriptionType = recordType(
        {i32, pointer, i32, i32, pointer, pointer, i32, pointer, i64, i64});
    programType = recordType(
        {i32, i32, pointer, i64, i64, i64, pointer, openProgramType(*this)});
  }

  OwningOpRef<ModuleOp> build() {
    buildExternalWeights();
    buildExecute();
    buildProgram();
    buildPublicFunctions();
    return std::move(module);
  }

private:
  //===--------------------------------------------------------------------===//
  // Buffers
  //===--------------------------------------------------------------------===//

  /// A constant halide_buffer_t of the type's shape, without data.
  std::string bufferTemplate(RankedTensorType type) {
    SmallVector<int64_t> shape = physicalShape(type);
    SmallVector<int32_t> dims; // min, extent, stride, flags; innermost first
    int64_t stride = 1;
    for (int64_t extent : llvm::reverse(shape)) {
      dims.append({0, (int32_t)extent, (int32_t)stride, 0});
      stride *= extent;
    }
    std::string dimensions = array(ArrayRef<int32_t>(dims));
    ElementType elements = *getElementType(type.getElementType());
    std::string &symbol = templates[(dimensions + "_" + elements.name).str()];
    if (symbol.empty())
      symbol =
          global("buffer_" + std::to_string(templates.size()), bufferType, [&] {
            Type elementType = bufferType.getBody()[4];
            Value element =
                record(elementType,
                       {integer(i8, halideTypeCode(elements)),
                        integer(i8, elements.bits), integer(i16, /*lanes=*/1)});
            return record(bufferType,
                          {integer(i64, 0), null(), null(), integer(i64, 0),
                           element, integer(i32, shape.size()),
                           address(dimensions), null()});
          });
    return symbol;
  }

  void buildExternalWeights() {
    builder.setInsertionPointToEnd(module->getBody());
    LLVM::GlobalOp::create(builder, loc, LLVM::LLVMArrayType::get(i8, 0), true,
                           LLVM::Linkage::External, "vox_weights", Attribute());
  }

  //===--------------------------------------------------------------------===//
  // execute(context, inputs, outputs, arena, sizes)
  //===--------------------------------------------------------------------===//

  Value offsetPointer(Value base, int64_t offset) {
    if (offset == 0)
      return base;
    // A value and not a constant index: those have 29 bits.
    Value index = integer(i64, offset);
    return LLVM::GEPOp::create(builder, loc, pointer, i8, base,
                               ArrayRef<LLVM::GEPArg>{index});
  }

  Value loadPointer(Value table, int64_t index) {
    Value slot = LLVM::GEPOp::create(builder, loc, pointer, pointer, table,
                                     ArrayRef<LLVM::GEPArg>{(int32_t)index});
    return LLVM::LoadOp::create(builder, loc, pointer, slot);
  }

  /// Where the elements of `value` lie.
  Value dataOf(Value value) {
    if (auto offset = weights.offsets.find(value);
        offset != weights.offsets.end())
      return offsetPointer(address("vox_weights"), offset->second);
    while (auto view = value.getDefiningOp<ReshapeOp>())
      value = view.getInput();
    if (auto argument = dyn_cast<BlockArgument>(value))
      return loadPointer(inputs, argument.getArgNumber());
    if (auto join = value.getDefiningOp<JoinOp>())
      return offsetPointer(arena, *join.getOffset());
    auto launch = value.getDefiningOp<LaunchOp>();
    if (launch.getOutput())
      return loadPointer(outputs, *launch.getOutput());
    return offsetPointer(arena, *launch.getOffset());
  }

  /// A function with the parameters of vox_program's execute, the builder in
  /// its body.
  LLVM::LLVMFuncOp beginFunction(StringRef name) {
    builder.setInsertionPointToEnd(module->getBody());
    auto type = LLVM::LLVMFunctionType::get(i32, SmallVector<Type>(5, pointer));
    auto function = LLVM::LLVMFuncOp::create(builder, loc, name, type,
                                             LLVM::Linkage::Internal);
    Block *entry = function.addEntryBlock(builder);
    builder.setInsertionPointToStart(entry);
    context = entry->getArgument(0);
    inputs = entry->getArgument(1);
    outputs = entry->getArgument(2);
    arena = entry->getArgument(3);
    sizesTable = entry->getArgument(4);
    sizes = loadSizes(*this, extents, sizesTable);
    return function;
  }

  /// Returns a call's status where it is not 0, and goes on after that.
  void returnFailure(LLVM::LLVMFuncOp function, Value status) {
    Block *next = builder.createBlock(&function.getBody());
    Block *fail = builder.createBlock(&function.getBody());
    LLVM::ReturnOp::create(builder, loc, status);
    builder.setInsertionPointAfterValue(status);
    Value failedValue = LLVM::ICmpOp::create(
        builder, loc, LLVM::ICmpPredicate::ne, status, integer(i32, 0));
    LLVM::CondBrOp::create(builder, loc, failedValue, fail, next);
    builder.setInsertionPointToStart(next);
  }

  /// A function that makes these launches, the first of which is `first`th.
  LLVM::LLVMFuncOp buildPart(StringRef name, ArrayRef<LaunchOp> launches,
                             size_t first) {
    LLVM::LLVMFuncOp function = beginFunction(name);
    size_t most = 0;
    for (LaunchOp launch : launches)
      most = std::max<size_t>(most, launch.getInputs().size() + 1);
    Value one = integer(i32, 1);
    SmallVector<Value> buffers;
    for (size_t i = 0; i < most; ++i)
      buffers.push_back(
          LLVM::AllocaOp::create(builder, loc, pointer, bufferType, one, 8));
    for (auto [i, launch] : llvm::enumerate(launches))
      buildLaunch(launch, first + i, function, buffers);
    LLVM::ReturnOp::create(builder, loc, integer(i32, 0));
    return function;
  }

  /// Recurrent nets have thousands of launches. In one function LLVM's passes
  /// would take time by the square of their number: 15 s for the 1,400 of an
  /// LSTM over 128 steps, and in parts 1 s.
  void buildExecute() {
    constexpr size_t kPart = 64;
    auto launches = llvm::to_vector(network.getOps<LaunchOp>());
    if (launches.size() <= kPart) {
      buildPart("vox_execute", launches, 0);
      return;
    }
    SmallVector<LLVM::LLVMFuncOp> parts;
    for (size_t first = 0; first < launches.size(); first += kPart) {
      size_t count = std::min(kPart, launches.size() - first);
      parts.push_back(buildPart("vox_execute_" + std::to_string(parts.size()),
                                ArrayRef(launches).slice(first, count), first));
      parts.back().setNoInline(true);
    }
    LLVM::LLVMFuncOp function = beginFunction("vox_execute");
    for (LLVM::LLVMFuncOp part : parts)
      returnFailure(function,
                    LLVM::CallOp::create(
                        builder, loc, part,
                        ValueRange{context, inputs, outputs, arena, sizesTable})
                        .getResult());
    LLVM::ReturnOp::create(builder, loc, integer(i32, 0));
  }

  /// Declares a function, once.
  void declare(StringRef name, Type result, ArrayRef<Type> parameters) {
    if (module->lookupSymbol(name))
      return;
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointToStart(module->getBody());
    LLVM::LLVMFuncOp::create(builder, loc, name,
                             LLVM::LLVMFunctionType::get(result, parameters));
  }

  void buildLaunch(LaunchOp launch, int64_t number, LLVM::LLVMFuncOp function,
                   ArrayRef<Value> buffers) {
    SmallVector<Value> tensors(launch.getInputs());
    tensors.push_back(launch.getResult());
    SmallVector<Value> arguments{context};
    SmallVector<Type> types{pointer};
    for (auto [tensor, buffer] : llvm::zip(tensors, buffers)) {
      // A kernel's sizes stand between its inputs and its result.
      if (tensor == tensors.back() && launch.getSizes())
        for (AffineExpr size : launch.getSizes()->getResults()) {
          arguments.push_back(LLVM::TruncOp::create(
              builder, loc, i32, expandAffine(builder, loc, size, sizes)));
          types.push_back(i32);
        }
      auto type = cast<RankedTensorType>(tensor.getType());
      Value shape = LLVM::LoadOp::create(builder, loc, bufferType,
                                         address(bufferTemplate(type)));
      // Field 2 of halide_buffer_t is `host`.
      Value filled =
          LLVM::InsertValueOp::create(builder, loc, shape, dataOf(tensor), 2);
      LLVM::StoreOp::create(builder, loc, filled, buffer);
      arguments.push_back(buffer);
      types.push_back(pointer);
    }
    std::string kernel = kernelSymbol(launch.getKernel());
    declare(kernel, i32, types);
    Value status =
        LLVM::CallOp::create(builder, loc, i32, kernel, arguments).getResult();
    // A failed kernel ends the run with its status.
    returnFailure(function, status);
    StringRef observe = "vox_model_observe";
    declare(observe, LLVM::LLVMVoidType::get(network.getContext()),
            {pointer, i32, pointer});
    LLVM::CallOp::create(
        builder, loc, TypeRange(), observe,
        {context, integer(i32, number), dataOf(launch.getResult())});
  }

  //===--------------------------------------------------------------------===//
  // The program and its public functions
  //===--------------------------------------------------------------------===//

  Value elementCode(RankedTensorType type) {
    return integer(i32, getElementType(type.getElementType())->code);
  }

  /// A private array of vox_tensor_info.
  std::string buildInfos(StringRef stem, ValueRange values,
                         function_ref<std::string(unsigned)> nameOf) {
    struct Symbols {
      std::string name, shape, least, greatest;
    };
    SmallVector<Symbols> symbols;
    for (auto [i, value] : llvm::enumerate(values)) {
      ArrayRef<int64_t> greatest = typeOf(value).getShape();
      symbols.push_back(
          {text(nameOf(i)), array(ArrayRef<int64_t>(getShape(extents, value))),
           array(extents.getLeastType(value).getShape()), array(greatest)});
    }
    return table(stem, infoType, values.size(), [&](size_t i) {
      RankedTensorType type = typeOf(values[i]);
      return record(infoType,
                    {address(symbols[i].name), elementCode(type),
                     integer(i32, type.getRank()), address(symbols[i].shape),
                     address(symbols[i].least), address(symbols[i].greatest)});
    });
  }

  /// A private array of vox_launch_info. Weights in a kernel's order are
  /// described as the plain array that they are.
  std::string buildLaunchInfos(MutableArrayRef<LaunchWork> launches) {
    struct Symbols {
      std::string kernel, layers, shape;
    };
    SmallVector<Symbols> symbols;
    SmallVector<SmallVector<int64_t>> shapes;
    for (LaunchWork &work : launches) {
      RankedTensorType type = typeOf(work.launch.getResult());
      shapes.push_back(isa_and_nonnull<WeightLayoutAttr>(type.getEncoding())
                           ? physicalShape(type)
                           : SmallVector<int64_t>(type.getShape()));
      symbols.push_back({text(work.launch.getKernel()), text(work.layers),
                         array(ArrayRef<int64_t>(shapes.back()))});
    }
    return table("launches", launchType, launches.size(), [&](size_t i) {
      LaunchWork &work = launches[i];
      RankedTensorType type = typeOf(work.launch.getResult());
      return record(launchType,
                    {address(symbols[i].kernel), address(symbols[i].layers),
                     real(work.flops), real(work.bytes), elementCode(type),
                     integer(i32, shapes[i].size()), address(symbols[i].shape),
                     integer(i32, getBlock(type))});
    });
  }

  void buildProgram() {
    std::string inputInfos =
        buildInfos("inputs", network.getArguments(),
                   [&](unsigned i) { return getInputName(network, i); });
    std::string outputInfos = buildInfos(
        "outputs", network.getBody().front().getTerminator()->getOperands(),
        [&](unsigned i) { return getOutputName(network, i); });
    SmallVector<LaunchWork> launches = listLaunches(network);
    std::string launchInfos = buildLaunchInfos(launches);
    auto arenaSize = network->getAttrOfType<IntegerAttr>(kArenaSize);
    int64_t arenaBytes = arenaSize ? arenaSize.getInt() : 0;
    std::string nameText = text(name);
    std::string description = global("description", descriptionType, [&] {
      return record(descriptionType,
                    {integer(i32, VOX_MODEL_ABI), address(nameText),
                     integer(i32, network.getNumArguments()),
                     integer(i32, network.getNumResults()), address(inputInfos),
                     address(outputInfos),
                     integer(i32, int64_t(launches.size())),
                     address(launchInfos), integer(i64, arenaBytes),
                     integer(i64, weights.data.size())});
    });
    auto buildOpen = buildOpenProgram(*this, network, extents, launches);
    // Executables look for the program by this name.
    std::string program = global("main_program", programType, [&] {
      return record(programType,
                    {integer(i32, VOX_PROGRAM_ABI),
                     integer(i32, machine.processorBits), address(description),
                     integer(i64, arenaBytes), integer(i64, scratch.shared),
                     integer(i64, scratch.task), address("vox_execute"),
                     buildOpen()});
    });
    cast<LLVM::GlobalOp>(module->lookupSymbol(program))
        .setLinkage(LLVM::Linkage::External);
  }

  /// The type of a C result; parameters are all pointers.
  Type resultType(StringRef type) {
    if (type.ends_with("*"))
      return pointer;
    return llvm::StringSwitch<Type>(type.trim())
        .Case("vox_status", i32)
        .Case("size_t", i64)
        .Case("void", LLVM::LLVMVoidType::get(network.getContext()));
  }

  /// NAME_x(arguments...) calls vox_model_x([&program,] arguments...).
  void forward(const PublicFunction &function) {
    builder.setInsertionPointToEnd(module->getBody());
    Type result = resultType(function.result);
    SmallVector<Type> types(function.numParameters(), pointer);
    auto wrapper = LLVM::LLVMFuncOp::create(
        builder, loc, (name + "_" + function.name).str(),
        LLVM::LLVMFunctionType::get(result, types));
    if (function.withProgram)
      types.push_back(pointer);
    std::string callee = ("vox_model_" + function.name).str();
    LLVM::LLVMFuncOp::create(builder, loc, callee,
                             LLVM::LLVMFunctionType::get(result, types));
    Block *entry = wrapper.addEntryBlock(builder);
    builder.setInsertionPointToStart(entry);
    SmallVector<Value> values(entry->getArguments());
    if (function.withProgram)
      values.insert(values.begin(), address("vox_main_program"));
    auto call = LLVM::CallOp::create(
        builder, loc,
        isa<LLVM::LLVMVoidType>(result) ? TypeRange() : TypeRange(result),
        callee, values);
    LLVM::ReturnOp::create(builder, loc, call.getResults());
  }

  void buildPublicFunctions() {
    for (const PublicFunction &function : kPublicFunctions)
      forward(function);
  }

  func::FuncOp network;
  const OpenExtents &extents;
  StringRef name;
  const Weights &weights;
  KernelScratch scratch;
  const Machine &machine;
  LLVM::LLVMStructType bufferType, infoType, launchType, descriptionType,
      programType;
  llvm::StringMap<std::string> templates;
  Value context, inputs, outputs, arena, sizesTable;
  SmallVector<Value> sizes;
};

} // namespace

OwningOpRef<ModuleOp> vox::buildHostModule(func::FuncOp network, StringRef name,
                                           const Weights &weights,
                                           KernelScratch scratch,
                                           const Machine &machine) {
  network.getContext()->getOrLoadDialect<LLVM::LLVMDialect>();
  FailureOr<OpenExtents> extents = OpenExtents::ofNetwork(network);
  if (failed(extents))
    return nullptr;
  return HostBuilder(network, *extents, name, weights, scratch, machine)
      .build();
}

SmallVector<std::string> vox::publicSymbols(StringRef name) {
  SmallVector<std::string> symbols;
  for (const PublicFunction &function : kPublicFunctions)
    symbols.push_back((name + "_" + function.name).str());
  return symbols;
}
