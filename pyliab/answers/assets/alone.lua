-- What a ground program is asked, in the order and by the assumptions of pyliab/law/world.py and proof.py: what is certain
-- under each reading and what is possible; with `why`, what carries each liability and one answer set in which it holds.
-- The page writes `QUESTION` above this. Answers are lines of fields between tabs.

local program
local function tell(...) print(table.concat({...}, "\t")) end

local function solve(mode, assumptions, models, read)
  local how = program.configuration.solve
  how.enum_mode, how.models = mode, models
  how.project = mode == "auto" and "no" or "show"
  return program:solve{assumptions = assumptions, on_model = read}.satisfiable
end

local function can(assumptions) return solve("auto", assumptions, 1) end

local function join(...)
  local all = {}
  for _, part in ipairs({...}) do table.move(part, 1, #part, #all + 1, all) end
  return all
end

local function is(text) return {clingo.parse_term(text), true} end
local function isnt(literal) return {literal[1], not literal[2]} end
local function taken(issue, position) return is("position(" .. issue .. "," .. position .. ")") end
local function all_taken(choices)
  local out = {}
  for _, choice in ipairs(choices) do out[#out + 1] = taken(choice[1], choice[2]) end
  return out
end

-- A smallest part of the items of which `holds` is true; items are dropped from the front, by halves first.
local function shrink(holds, items)
  local kept = items
  local function drop(first, last)
    local gone, others = {}, {}
    for i = first, last do gone[items[i]] = true end
    for _, item in ipairs(kept) do if not gone[item] then others[#others + 1] = item end end
    if holds(others) then kept = others
    elseif last > first then
      local half = (last - first + 1) // 2
      drop(first, first + half - 1)
      drop(first + half, last)
    end
  end
  if #items > 0 then drop(1, #items) end
  return kept
end

-- Adds to the assumptions, group by group, the first literal that can hold beside them.
local function complete(assumptions, groups)
  local all = join(assumptions)
  for _, group in ipairs(groups) do
    for _, literal in ipairs(group) do
      if can(join(all, {literal})) then all[#all + 1] = literal; break end
    end
  end
  return all
end

local function offered()
  local out = {}
  for atom in program.symbolic_atoms:by_signature("position", 2) do
    out[#out + 1] = {tostring(atom.symbol.arguments[1]), {atom.symbol, true}}
  end
  return out
end

local function groups_of(reading)
  local groups = {}
  for _, issue in ipairs(reading.open) do
    local group = {}
    for _, each in ipairs(offered()) do if each[1] == issue then group[#group + 1] = each[2] end end
    groups[#groups + 1] = group
  end
  return groups
end

-- The first position on an open issue that by itself makes the goal certain.
local function single(reading, fixed, goal)
  local open = {}
  for _, issue in ipairs(reading.open) do open[issue] = true end
  for _, each in ipairs(offered()) do
    if open[each[1]] and not can(join(fixed, {each[2], isnt(goal)})) and can(join(fixed, {each[2]})) then return each[2] end
  end
end

local function disputed()
  local out = {}
  for _, text in ipairs(QUESTION.disputed) do
    local symbol = clingo.parse_term(text)
    if program.symbolic_atoms:lookup(symbol) then out[#out + 1] = {symbol, true} end
  end
  return out
end

local function carried(reading, own, assumed, goal, certain)
  local completion = {}
  if not certain then
    local fixed, facts = join(own, assumed), {}
    for _, literal in ipairs(disputed()) do facts[#facts + 1] = {literal} end
    local alone = single(reading, fixed, goal)
    local groups = alone and {{alone}} or groups_of(reading)
    local all = complete(join(fixed, {goal}), join(groups, facts))
    local first, last = {}, {}
    for i = #fixed + 2, #all do
      local part = all[i][1].name == "position" and last or first
      part[#part + 1] = all[i]
    end
    completion = join(first, last)
  end
  return shrink(function(part) return not can(join(part, {isnt(goal)})) end, join(completion, assumed, own))
end

local function explain(reading, own, assumed, goal, certain)
  local core = carried(reading, own, assumed, goal, certain)
  tell("why", tostring(goal[1]))
  for _, literal in ipairs(core) do tell("carried", tostring(literal[1])) end
  local facts = {}
  for _, literal in ipairs(disputed()) do facts[#facts + 1] = {literal} end
  local all = complete(join(own, assumed, core, {goal}), join(groups_of(reading), facts))
  local roots = {}
  solve("auto", all, 1, function(model)
    for _, atom in ipairs(model:symbols{atoms = true}) do
      tell("true", tostring(atom))
      if atom.name == "owes" then roots[#roots + 1] = atom end
    end
  end)
  for _, atom in ipairs(roots) do
    if not can(join(own, assumed, {{atom, false}})) then tell("sure", tostring(atom)) end
  end
end

local function answer(reading)
  local own, assumed = all_taken(reading.own), all_taken(reading.assumed)
  local fixed, shown, sure, owed = join(own, assumed), {}, {}, {}
  tell("reading", reading.id)
  solve("brave", fixed, 0, function(model) shown = model:symbols{shown = true} end)
  if not can(fixed) then tell("impossible") return end
  solve("cautious", fixed, 0, function(model)
    sure = {}
    for _, atom in ipairs(model:symbols{shown = true}) do sure[tostring(atom)] = true end
  end)
  for _, atom in ipairs(shown) do
    local certain = sure[tostring(atom)] or false
    tell(certain and "certain" or "possible", tostring(atom))
    if atom.name == "owed" then owed[#owed + 1] = {{atom, true}, certain} end
  end
  local none = join(fixed)
  for _, each in ipairs(owed) do none[#none + 1] = isnt(each[1]) end
  if can(none) then tell("nobody") end
  if QUESTION.why then
    for _, each in ipairs(owed) do explain(reading, own, assumed, each[1], each[2]) end
  end
end

-- Why nobody is liable under a reading, as pyliab/questions/overview.py looks for it in the open case (rules/analysis).
-- `QUESTION.new` are the standings that facts may newly have, what cases ordinarily state first.

local function any_of(assumptions, literals)
  local out = {}
  solve("brave", assumptions, 0, function(model)
    out = {}
    for _, literal in ipairs(literals) do if model:contains(literal[1]) then out[#out + 1] = literal end end
  end)
  return out
end

local function at_most(size) return is("most(" .. size .. ")") end

-- With so many facts more, each time the most ordinary that can stand beside those taken.
local function completed(all, new, missing)
  for _ = 1, missing do
    local others = {}
    for _, literal in ipairs(new) do
      local known = false
      for _, each in ipairs(all) do known = known or each[1] == literal[1] end
      if not known then others[#others + 1] = literal end
    end
    local more = any_of(all, others)
    if more[1] then all = join(all, {more[1]}) end
  end
  return all
end

local function lack(all, new)
  tell("lack")
  solve("auto", all, 1, function(model)
    for _, literal in ipairs(new) do if model:contains(literal[1]) then tell("fact", tostring(literal[1])) end end
    for _, atom in ipairs(model:symbols{atoms = true}) do
      if atom.name == "owes" then tell("basis", tostring(atom.arguments[2].arguments[1])) end
    end
  end)
end

local function lacks(reading)
  tell("reading", reading.id)
  local somebody, choices, new, about = is("somebody_liable"), join(reading.own, reading.assumed), {}, {}
  if not program.symbolic_atoms:lookup(somebody[1]) then return end
  for _, each in ipairs(QUESTION.new) do
    local symbol = clingo.parse_term(each.atom)
    if program.symbolic_atoms:lookup(symbol) then new[#new + 1], about[each.atom] = {symbol, true}, each end
  end
  for i, choice in ipairs(choices) do
    local held, others = {at_most(0), somebody}, {}
    for k, other in ipairs(choices) do if k ~= i then held[#held + 1] = taken(other[1], other[2]) end end
    if can(held) then
      for _, each in ipairs(offered()) do if each[1] == choice[1] then others[#others + 1] = each[2] end end
      for _, literal in ipairs(any_of(held, others)) do tell("position", tostring(literal[1])) end
    end
  end
  for size = 1, QUESTION.largest do
    local held, starts, seen = join(all_taken(choices), {at_most(size), somebody}), {}, {}
    local open = {}
    for _, literal in ipairs(any_of(held, new)) do
      if not about[tostring(literal[1])].unstated then open[#open + 1] = literal end
    end
    for _, literal in ipairs(open) do
      local says = about[tostring(literal[1])].says
      if not seen[says] and #starts < (size == 1 and QUESTION.most or 1) then starts[#starts + 1] = literal end
      seen[says] = true
    end
    for _, literal in ipairs(starts) do lack(completed(join(held, {literal}), open, size - 1), new) end
    if #open > 0 then return end
  end
end

function main(prg)
  program = prg
  prg:ground({{"base", {}}})
  for _, reading in ipairs(QUESTION.readings) do (QUESTION.new and lacks or answer)(reading) end
end
